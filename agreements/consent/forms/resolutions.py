"""Forms with which coordinators record decisions of the committee about a text."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.time import clock
from foundation.web.forms import DATE, MoveForm
from projects.models import Session

from ..models import Resolution

RESULT = Resolution.Result
WORDS = forms.Textarea(attrs={"rows": 4})


class DecisionForm(MoveForm):
    """Number and day of a resolution, and the session in which it was taken.

    The resolution it writes refers to the text as it was when the move began.
    """

    results = ()  # the first one is the default, unless ``must_choose``
    must_choose = False
    with_words = ()

    resolution = forms.CharField(label=_("number of the resolution"), max_length=60)
    resolved_on = forms.DateField(label=_("resolved on"), widget=DATE)
    session = forms.ModelChoiceField(
        label=_("session of the committee"), queryset=Session.objects.none(), required=False
    )
    result = forms.ChoiceField(label=_("result"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("conditions or reasons"), widget=WORDS, required=False, max_length=4000
    )

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        held = Session.objects.filter(call=record.agreement.proposal.call_id, state="held")
        self.fields["session"].queryset = held.filter(kind="committee").order_by("-held_on", "-pk")
        self.fields["result"].choices = [(result.value, result.label) for result in self.results]
        self.fields["result"].initial = self.results[0]
        self.fields["result"].required = self.must_choose
        self.fields["words"].required = set(self.results) == set(self.with_words)
        if len(self.results) == 1:
            self.fields["result"].widget = forms.HiddenInput()
        self.order_fields(
            ["resolution", "resolved_on", "session", "result", "words", "how_met", "next_on"]
        )

    def clean_resolved_on(self):
        day = self.cleaned_data["resolved_on"]
        if day > clock.today():
            raise forms.ValidationError(gettext("The day of the resolution cannot lie ahead."))
        return day

    def clean_result(self):
        return self.cleaned_data["result"] or self.results[0].value

    def clean(self):
        needs_words = self.cleaned_data.get("result") in self.with_words
        if needs_words and not self.cleaned_data.get("words", "").strip():
            self.add_error("words", gettext("Write the conditions or reasons of the committee."))
        return super().clean()

    def write(self, record):
        self.digest = record.digest  # the move may clear it

    def write_parts(self, record):
        entered = self.cleaned_data
        record.resolutions.create(
            number=entered["resolution"],
            day=entered["resolved_on"],
            result=entered["result"],
            words=entered["words"],
            how_met=entered.get("how_met", ""),
            next_on=entered.get("next_on"),
            digest=self.digest,
            session=entered["session"],
            recorded_by=self.actor,
        )


class ResolveForm(DecisionForm):
    """The committee approves, with or without conditions that the unchanged text meets."""

    results = (RESULT.APPROVED, RESULT.CONDITIONAL)
    with_words = (RESULT.CONDITIONAL,)

    how_met = forms.CharField(
        label=_("how the conditions are met"),
        widget=WORDS,
        required=False,
        max_length=4000,
        help_text=_("Without a change of the text. If the text must change, it goes back."),
    )

    def clean(self):
        conditional = self.cleaned_data.get("result") == RESULT.CONDITIONAL
        if conditional and not self.cleaned_data.get("how_met", "").strip():
            self.add_error("how_met", gettext("Say how the conditions are met with this text."))
        if not conditional:
            self.cleaned_data["how_met"] = ""
        return super().clean()

    def write(self, record):
        super().write(record)
        record.resolution = self.cleaned_data["resolution"]
        record.resolved_on = self.cleaned_data["resolved_on"]


class DeferForm(DecisionForm):
    """The committee defers its decision to a later day."""

    results = (RESULT.DEFERRED,)
    with_words = (RESULT.DEFERRED,)

    next_on = forms.DateField(label=_("taken up again on"), widget=DATE)

    def clean(self):
        day, until = self.cleaned_data.get("resolved_on"), self.cleaned_data.get("next_on")
        if day and until and until <= day:
            self.add_error("next_on", gettext("Choose a day after that of the resolution."))
        elif until and until < clock.today():
            self.add_error("next_on", gettext("Choose today or a later day."))
        return super().clean()

    def write(self, record):
        super().write(record)
        record.taken_up_on = self.cleaned_data["next_on"]


class SendBackForm(DecisionForm):
    """The committee rejects the text or wants another one: it is drafted again."""

    results = (RESULT.REJECTED, RESULT.REDRAFT)
    must_choose = True
    with_words = (RESULT.REJECTED, RESULT.REDRAFT)
