"""Forms of remarks on articles of a draft, and of the coordinator's answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Role
from foundation.web.forms import MoveForm

TEXT = forms.Textarea(attrs={"rows": 5})


class RemarkForm(MoveForm):
    """Party and text of a remark; the article comes from the URL."""

    organisation = forms.ModelChoiceField(
        label=_("for which party"), queryset=Organisation.objects.none()
    )
    text = forms.CharField(label=_("remark"), max_length=4000, widget=TEXT)

    def __init__(self, *args, record, actor, **options):
        super().__init__(*args, record=record, actor=actor, **options)
        mine = actor.reach([Role.DRAFTER, Role.REVIEWER, Role.APPROVER])
        parties = record.version.parties.values("organisation")
        bodies = Organisation.objects.filter(pk__in=parties).filter(pk__in=mine).named()
        self.fields["organisation"].queryset = bodies.order_by("pk")
        if len(bodies) == 1:
            self.fields["organisation"].initial = bodies[0]
            self.fields["organisation"].empty_label = None

    def write(self, record):
        record.organisation = self.cleaned_data["organisation"]
        record.text = self.cleaned_data["text"]


class AnswerForm(MoveForm):
    """The coordinator's answer: what was changed in the text, or why it was not."""

    answer = forms.CharField(
        label=_("answer"),
        max_length=4000,
        widget=TEXT,
        help_text=_("What was changed in the text, or why it was not."),
    )

    def write(self, record):
        record.answer = self.cleaned_data["answer"]
