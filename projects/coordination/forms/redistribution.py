"""The form to redistribute national funds among proposals of a call."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.web.forms import WonField
from projects.proposals.models import Proposal

from ..redistribution import Cut, divide, divisible, division_of
from .rounds import AskPartiesForm

DIVIDES = ("proposals", "total", "percent", "scale_local")
ROUND_FIELDS = ("explanation", "due_on", "note")


class ProposalsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, proposal):
        return f"{proposal} · {proposal.applicant} · {proposal.get_state_display()}"


class DivideForm(AskPartiesForm):
    """Which proposals share which total. ``shown`` is the digest of the division that was shown.

    The button ``more`` only shows the division; it does not need explanation, due date and note.
    """

    proposals = ProposalsField(
        label=_("proposals"),
        queryset=Proposal.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They share the funds in proportion to their effective national funds."),
    )
    total = WonField(
        label=_("national funds for all of them, in won"), required=False, nothing=None
    )
    percent = forms.DecimalField(
        label=_("or: percent of what they have now"),
        required=False,
        min_value=0,
        max_value=1000,
        max_digits=6,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "won"}),
    )
    scale_local = forms.BooleanField(
        label=_("Move the other sources of each proposal in the same proportion"), required=False
    )
    shown = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    division = None

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.due_by_default(record)
        self.fields["proposals"].queryset = divisible(record)
        self.order_fields([*DIVIDES, *ROUND_FIELDS])

    @property
    def nothing_to_divide(self):
        return not self.fields["proposals"].queryset

    def with_more_rows(self, name):
        for field in ROUND_FIELDS:
            self.errors.pop(field, None)
        return self

    def clean(self):
        data = super().clean()
        if not set(DIVIDES) & set(self.errors):
            self.check_envelope(data["total"], data["percent"])
        if not self.errors.keys() & {*DIVIDES, "__all__"}:
            self.look(data)
        return data

    def check_envelope(self, total, percent):
        if (total is None) == (percent is None):
            text = gettext("Write either the sum or the percentage.")
            self.add_error("total" if total is None else "percent", text)

    def look(self, data):
        """Compute the division and put its digest into the form, so that it is sent back."""
        self.division = division_of(self.cut())
        if self.division is None:
            text = gettext("Only proposals with national funds can share: one of them has none.")
            self.add_error("proposals", text)
        elif "shown" in self.data and data.get("shown") != self.division.digest:
            self.data = self.data.copy()
            self.data["shown"] = self.division.digest
            if "more" not in self.data:
                text = gettext("This is the current division. Look at it, then send again.")
                self.add_error(None, text)

    def cut(self):
        data = self.cleaned_data
        percent = data["percent"]
        return Cut(
            chosen=list(data["proposals"]),
            total=data["total"],
            hundredths=None if percent is None else int(percent * 100),
            scale_local=data["scale_local"],
            explanation=data.get("explanation", ""),
            due_on=data.get("due_on"),
        )

    def perform(self, workflow):
        data = self.cleaned_data
        return divide(
            self.record,
            self.cut(),
            actor=self.actor,
            note=data["note"],
            seen=data["seen"],
            shown=data["shown"],
        )
