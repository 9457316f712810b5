"""Forms of issues and of the positions of their sides, for pages and API."""

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from foundation.engine.workflow import NotNow
from foundation.time import clock
from foundation.time.calendar import add_working_days
from foundation.web.forms import DATE, ModelMoveForm, MoveForm, from_today
from foundation.web.row_forms import RowForm, RowSet, WithRows
from projects.comments.references import outcomes_of, subjects_of

from .models import Issue, IssueOption, IssueSide

DAYS_TO_STATE = 5
LEAST_SIDES = 2
MOST_CHARACTERS = 20_000
LONG = forms.Textarea(attrs={"rows": 6})
OPTION = forms.Textarea(attrs={"rows": 2})


def parties_of(proposal):
    """Possible sides of an issue: the proposal's local governments, province and ministries."""
    asked = proposal.reviews.values("ministry")
    partners = proposal.partners.values("pk")
    named = {proposal.applicant_id, proposal.screened_by_id}
    rows = Organisation.objects.filter(pk__in=named - {None})
    rows |= Organisation.objects.filter(pk__in=partners) | Organisation.objects.filter(pk__in=asked)
    return rows.distinct().named().order_by("pk")


class OptionRow(RowForm):
    text = forms.CharField(label=_("option"), max_length=300, widget=OPTION)


class RaiseForm(WithRows, ModelMoveForm):
    """Raise an issue with its sides and, optionally, first options."""

    model = Issue
    takes = ["title", "due_on"]
    widgets = {"due_on": DATE}
    row_sets = {
        "options": RowSet(
            OptionRow,
            _("Options"),
            _("option"),
            once=("text",),
            most=20,
            help=_("What could be done. Sides say which one they favour; more can be added later."),
        )
    }

    about = forms.ChoiceField(label=_("about"))
    text = forms.CharField(label=_("what is disputed"), max_length=MOST_CHARACTERS, widget=LONG)
    sides = forms.MultipleChoiceField(
        label=_("sides"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At least two. Each states its position and reads those of the others."),
    )

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.fields["about"].choices = subjects_of(record)
        parties = parties_of(record.proposal)
        self.fields["sides"].choices = [(party.pk, str(party)) for party in parties]
        self.fields["due_on"].initial = add_working_days(clock.today(), DAYS_TO_STATE)
        self.order_fields(["title", "about", "text", "sides", "due_on"])

    def stored_rows(self, name, record):
        return []

    def clean_due_on(self):
        from_today(self.cleaned_data["due_on"])
        return self.cleaned_data["due_on"]

    def clean_sides(self):
        sides = self.cleaned_data["sides"]
        if len(set(sides)) < LEAST_SIDES:
            raise forms.ValidationError(gettext("Choose at least two sides."))
        return sides

    def write(self, record):
        super().write(record)
        record.about, record.text = self.cleaned_data["about"], self.cleaned_data["text"]

    def write_parts(self, record):
        for row in self.rows("options"):
            IssueOption.objects.create(issue=record, text=row["text"])
        for side in sorted(set(self.cleaned_data["sides"])):
            IssueSide.objects.create(issue=record, organisation_id=side)


class OptionForm(MoveForm):
    """Add an option to an open issue."""

    text = forms.CharField(label=_("option"), max_length=300, widget=OPTION)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["seen"].initial = None  # adding an option conflicts with no other change

    def write_parts(self, record):
        if record.options.filter(text=self.cleaned_data["text"]).exists():
            raise NotNow(gettext("This option is there already."))
        record.options.create(text=self.cleaned_data["text"])


class PositionForm(MoveForm):
    """One side's position and favoured option; can be changed until the decision."""

    position = forms.CharField(
        label=pgettext_lazy("issue", "position"), max_length=MOST_CHARACTERS, widget=LONG
    )
    favours = forms.ModelChoiceField(
        label=_("favoured option"),
        queryset=IssueOption.objects.none(),
        required=False,
        blank=True,
        empty_label=_("none of these"),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.fields["favours"].queryset = record.issue.options.order_by("pk")
        self.fields["position"].initial = record.position
        self.fields["favours"].initial = record.favours_id

    def write(self, record):
        record.position = self.cleaned_data["position"]
        record.favours = self.cleaned_data["favours"]


class DecideForm(MoveForm):
    """The decision on an issue: chosen option or other text, reason, and what it changes."""

    chosen = forms.ModelChoiceField(
        label=_("chosen option"),
        queryset=IssueOption.objects.none(),
        required=False,
        blank=True,
        empty_label=_("none of these"),
        widget=forms.RadioSelect,
    )
    decision = forms.CharField(label=_("decision"), max_length=MOST_CHARACTERS, widget=LONG)
    changed = forms.ChoiceField(
        label=_("what it changes"),
        required=False,
        help_text=_(
            "The issue then leads there. The change itself is made there, by its own move."
        ),
    )

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.fields["chosen"].queryset = record.options.order_by("pk")
        self.fields["changed"].choices = outcomes_of(record)

    def write(self, record):
        for name in ("chosen", "decision", "changed"):
            setattr(record, name, self.cleaned_data[name])
        record.reason = self.cleaned_data["note"]


ISSUE_FORMS = {"raise": RaiseForm, "add_option": OptionForm, "decide": DecideForm}
ISSUE_SIDE_FORMS = {"state": PositionForm}
