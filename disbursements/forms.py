"""What finance officers send, by page or API."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.forms import DATE, ModelMoveForm, MoveForm, WonField
from foundation.redating import RedateForm

from . import ledger
from .models import CarryOver, Entry, Settlement, Stage


class AmountForm(MoveForm):
    """An amount with the day for which it holds and the paper or system it comes from."""

    won = WonField(label=_("amount in won"))
    as_of = forms.DateField(label=_("as of"), widget=DATE, initial=clock.today)
    evidence = forms.CharField(
        label=_("evidence"),
        max_length=200,
        required=False,
        help_text=_("The document's number, or the system the figure comes from."),
    )

    def clean_as_of(self):
        day = self.cleaned_data["as_of"]
        if day > clock.today():
            raise forms.ValidationError(gettext("This day cannot lie ahead."))
        return day

    def facts(self):
        return {
            "on": self.cleaned_data["as_of"],
            "by": self.actor,
            "evidence": self.cleaned_data["evidence"],
            "key": self.cleaned_data["key"],
        }


class VoteForm(AmountForm):
    """What was voted; a vote of nothing is written as 0."""

    won = WonField(label=_("amount voted in won"), nothing=None)

    def write(self, record):
        ledger.vote(record, self.cleaned_data["won"], **self.facts())


class ExecuteForm(AmountForm):
    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        spendable = ledger.balance_of(record).spendable
        self.fields["won"].help_text = gettext("At most %s won.") % f"{spendable:,}"

    def write(self, record):
        ledger.execute(record, self.cleaned_data["won"], **self.facts())


class MendForm(MoveForm):
    """Undo an entry by its opposite.

    What is mended already is not offered; sent all the same, the ledger answers.
    """

    stage = None
    entry = forms.ModelChoiceField(label=_("entry to undo"), queryset=Entry.objects.none())

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        entries = record.entries.filter(stage=self.stage, mends=None)
        if not self.is_bound:
            entries = entries.filter(mended_by=None)
        self.fields["entry"].queryset = entries.order_by("-pk")
        self.fields["entry"].label_from_instance = lambda entry: f"{entry.as_of}: {entry.won:,}"

    def write(self, record):
        facts = {"evidence": self.cleaned_data["note"][:200], "key": self.cleaned_data["key"]}
        ledger.mend(self.cleaned_data["entry"], on=clock.today(), by=self.actor, **facts)


class MendVoteForm(MendForm):
    stage = Stage.VOTED


class MendExecutionForm(MendForm):
    stage = Stage.EXECUTED


class RequestForm(MoveForm):
    won = WonField(label=_("amount in won"))
    purpose = forms.CharField(label=_("what it is needed for"), max_length=500)

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        most = max(ledger.requestable(record.appropriation), 0)
        self.fields["won"].help_text = gettext("At most %s won.") % f"{most:,}"

    def write(self, record):
        record.purpose = self.cleaned_data["purpose"]
        ledger.request(record, self.cleaned_data["won"])


class GrantForm(AmountForm):
    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.fields["won"].initial = record.asked

    def write(self, record):
        ledger.grant(record, self.cleaned_data["won"], **self.facts())


class PayForm(AmountForm):
    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.fields["won"].initial = record.unpaid

    def write(self, record):
        ledger.pay(record, self.cleaned_data["won"], **self.facts())


class FigureForm(AmountForm):
    """What stands in the budget on its way, or in a notice; a new figure replaces the old."""

    TOLD = (Stage.REQUESTED, Stage.BILL, Stage.PROVISIONAL, Stage.FINAL)

    stage = forms.ChoiceField(label=_("stage"), choices=[(s.value, s.label) for s in TOLD])
    won = WonField(label=_("amount in won"), nothing=None)
    field_order = ("stage", "won")

    def write(self, record):
        ledger.record(record, self.cleaned_data["stage"], self.cleaned_data["won"], **self.facts())


class ContractForm(AmountForm):
    """What is under contract by now, altogether."""

    def write(self, record):
        ledger.record(record, Stage.CONTRACTED, self.cleaned_data["won"], **self.facts())


class LapseForm(AmountForm):
    def write(self, record):
        ledger.lapse(record, self.cleaned_data["won"], **self.facts())


class DrawForm(AmountForm):
    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        won = ledger.pot_of(record.agreement)
        self.fields["won"].help_text = gettext("%s won lie in the pot.") % f"{won:,}"

    def write(self, record):
        ledger.draw(record, self.cleaned_data["won"], **self.facts())


class RevokeForm(MoveForm):
    """What is not paid of a grant goes back to where it came from."""

    def write(self, record):
        facts = {"evidence": self.cleaned_data["note"][:200], "key": self.cleaned_data["key"]}
        ledger.revoke(record, on=clock.today(), by=self.actor, **facts)


class CarryForm(ModelMoveForm):
    """Which money is carried into the next year, and why."""

    model = CarryOver
    takes = ("kind", "account", "won", "reason", "approval")
    won = WonField(label=_("amount in won"))

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        accounts = CarryOver.FROM if record.appropriation.is_national else CarryOver.FROM[1:]
        self.fields["account"].choices = accounts
        balance = ledger.balance_of(record.appropriation)
        won = [f"{label}: {getattr(balance, f'in_{name}'):,}" for name, label in accounts]
        self.fields["won"].help_text = ", ".join(won)

    def clean(self):
        given = super().clean()
        if self.cleaned_data.get("kind") == "explicit" and not self.cleaned_data.get("approval"):
            self.add_error("approval", gettext("An explicit carry-over names its approval."))
        return given


class SettleForm(ModelMoveForm):
    """The report: what is left over comes from the ledger, the interest from the bank."""

    model = Settlement
    takes = ("interest", "evidence")
    interest = WonField(label=_("interest"), required=False)

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        won = ledger.balance_of(record.appropriation).in_treasury
        text = gettext("%s won are left over by the ledger; add what interest they bore.")
        self.fields["interest"].help_text = text % f"{won:,}"


APPROPRIATION_FORMS = {
    "vote": VoteForm,
    "execute": ExecuteForm,
    "mend_vote": MendVoteForm,
    "mend_execution": MendExecutionForm,
    "record": FigureForm,
    "contract": ContractForm,
    "draw": DrawForm,
    "lapse": LapseForm,
}
TRANCHE_FORMS = {
    "request": RequestForm,
    "grant": GrantForm,
    "pay": PayForm,
    "revoke": RevokeForm,
    "redate": RedateForm,
}
CARRY_FORMS = {"request": CarryForm}
SETTLEMENT_FORMS = {"report": SettleForm}
