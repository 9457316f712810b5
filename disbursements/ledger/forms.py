"""Forms for a line of money: votes, budget figures, execution, corrections."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.formats import day
from foundation.time import clock
from foundation.web.forms import DATE, MoveForm, WonField

from . import writers as ledger
from .changes import BUDGET_FIGURES
from .models import Entry, Stage


class AmountForm(MoveForm):
    """An amount in won, its as-of day and its evidence (a document or a system)."""

    won = WonField(label=_("amount in won"))
    as_of = forms.DateField(label=_("as of"), widget=DATE, initial=clock.today)
    evidence = forms.CharField(
        label=_("evidence"),
        max_length=200,
        required=False,
        help_text=_("The document's number, or the system the figure comes from."),
    )

    def clean_as_of(self):
        as_of = self.cleaned_data["as_of"]
        if as_of > clock.today():
            raise forms.ValidationError(gettext("This day cannot be in the future."))
        return as_of


class VoteForm(AmountForm):
    """The amount voted in won; a vote of nothing is entered as 0."""

    won = WonField(label=_("amount voted in won"), nothing=None)


class ExecuteForm(AmountForm):
    """Won spent since the last report; 0 reports a month without spending."""

    won = WonField(label=_("spent since the last report, in won"), nothing=None)

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        balance = ledger.balance_of(record)
        text = gettext("At most %s won. If nothing was spent, write 0.")
        self.fields["won"].help_text = text % f"{balance.spendable:,}"
        if balance.unreported_since and balance.unreported_since <= clock.today():
            text = gettext("What was spent from %s on is not reported yet.")
            self.fields["as_of"].help_text = text % day(balance.unreported_since)


class CorrectionForm(MoveForm):
    """Correct an entry by writing its opposite.

    The newest entries not corrected yet are offered; ``ledger.correct`` refuses corrected ones.
    """

    OFFERED = 100
    stage = None
    entry = forms.ModelChoiceField(label=_("entry to undo"), queryset=Entry.objects.none())

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        entries = record.entries.filter(stage=self.stage, mends=None)
        if not self.is_bound:
            newest = entries.filter(mended_by=None).order_by("-pk").values("pk")
            entries = entries.filter(pk__in=newest[: self.OFFERED])
        self.fields["entry"].queryset = entries.order_by("-pk")
        self.fields["entry"].label_from_instance = lambda entry: f"{entry.as_of}: {entry.won:,}"


class VoteCorrectionForm(CorrectionForm):
    stage = Stage.VOTED


class ExecutionCorrectionForm(CorrectionForm):
    stage = Stage.EXECUTED


class ApplyForm(AmountForm):
    """The amount that the local government applied for at the ministry, for the line's year."""

    won = WonField(label=_("amount in won"), nothing=None)

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.fields["won"].initial = ledger.balance_of(record).agreed


class FigureForm(AmountForm):
    """A figure of the budget process or of a notice; a new figure replaces the old one."""

    stage = forms.ChoiceField(
        label=_("stage"), choices=[(s.value, s.label) for s in BUDGET_FIGURES]
    )
    won = WonField(label=_("amount in won"), nothing=None)
    field_order = ("stage", "won")


class ContractForm(AmountForm):
    """The total amount under contract by now, in won."""


class DrawForm(AmountForm):
    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        won = ledger.pot_of(record.agreement)
        self.fields["won"].help_text = gettext("%s won are in the pot.") % f"{won:,}"


APPROPRIATION_FORMS = {
    "vote": VoteForm,
    "apply": ApplyForm,
    "execute": ExecuteForm,
    "mend_vote": VoteCorrectionForm,
    "mend_execution": ExecutionCorrectionForm,
    "record": FigureForm,
    "contract": ContractForm,
    "draw": DrawForm,
    "lapse": AmountForm,
}
