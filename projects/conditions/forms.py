"""Forms of conditions, for pages and API."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.web.due_dates import RedateForm
from foundation.web.forms import DATE, MoveForm, from_today
from foundation.web.row_forms import RowForm
from projects.attachments.models import Attachment

from .models import Condition


class ConditionRow(RowForm):
    """One condition: its text, its owner and its due date."""

    text = forms.CharField(
        label=_("condition"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    owner = forms.ChoiceField(label=_("who meets it"))
    due_on = forms.DateField(label=_("due on"), widget=DATE)

    def __init__(self, *args, parties=(), **options):
        super().__init__(*args, **options)
        self.fields["owner"].choices = parties
        self.fields["owner"].initial = parties[0][0] if parties else None

    def clean_due_on(self):
        from_today(self.cleaned_data["due_on"])
        return self.cleaned_data["due_on"]


def parties_of(proposal):
    """The possible owners of a condition as choices: the applicant, then its partners."""
    bodies = [proposal.applicant, *proposal.partners.order_by("pk")]
    return [(body.pk, str(body)) for body in bodies]


def stored_conditions(review):
    names = list(ConditionRow.base_fields)
    return list(Condition.objects.filter(review=review.pk).order_by("pk").values(*names))


class FulfilForm(MoveForm):
    """How a condition is met, with an attachment of the proposal as proof, if there is one."""

    answer = forms.CharField(
        label=_("how it is met"), widget=forms.Textarea(attrs={"rows": 6}), max_length=20_000
    )
    paper = forms.ModelChoiceField(
        label=_("paper that proves it"),
        queryset=Attachment.objects.none(),
        required=False,
        empty_label=_("no paper"),
        help_text=_("One of the papers attached to the proposal."),
    )

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        papers = record.proposal.attachments.filter(removed=False)
        self.fields["paper"].queryset = papers.order_by("pk")
        self.fields["answer"].initial, self.fields["paper"].initial = record.answer, record.paper_id


CONDITION_FORMS = {"fulfil": FulfilForm, "redate": RedateForm}
