"""What finance officers send, by page or API."""

from django import forms
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from agreements.amendments.forms import ProposeForm
from agreements.amendments.next_version import first_open_year
from agreements.models import ScheduleLine, Version
from agreements.workflow import AGREEMENT
from foundation.engine.workflow import NotNow
from foundation.formats import day
from foundation.time import clock
from foundation.web.due_dates import RedateForm
from foundation.web.forms import DATE, ModelMoveForm, MoveForm, WonField
from projects.budget.forms import write_lines
from projects.models import Source

from . import ledger
from .cutting import How, after_cut
from .gaps import gap_of
from .models import CarryOver, Entry, GapResolution, Settlement, Stage
from .overdue import overdue_settlement


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
        as_of = self.cleaned_data["as_of"]
        if as_of > clock.today():
            raise forms.ValidationError(gettext("This day cannot lie ahead."))
        return as_of

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
    """What was spent since the last report; nothing is written as 0, so that a month is told."""

    won = WonField(label=_("spent since the last report, in won"), nothing=None)

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        balance = ledger.balance_of(record)
        text = gettext("At most %s won. If nothing was spent, write 0.")
        self.fields["won"].help_text = text % f"{balance.spendable:,}"
        if balance.untold_since and balance.untold_since <= clock.today():
            text = gettext("What was spent from %s on is not reported yet.")
            self.fields["as_of"].help_text = text % day(balance.untold_since)

    def write(self, record):
        ledger.execute(record, self.cleaned_data["won"], **self.facts())


class MendForm(MoveForm):
    """Undo an entry by its opposite.

    The newest are offered, and not what is mended already; sent all the same, the ledger answers.
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
    """What is granted; while the settlement of a year before is overdue, with the reason why."""

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.fields["won"].initial = record.asked
        if late := overdue_settlement(record.appropriation, clock.today()):
            note = self.fields["note"]
            note.required, note.widget = True, forms.Textarea(attrs={"rows": 4})
            text = gettext("%s is not settled, and its day has passed. Say why it is granted.")
            note.help_text = text % late

    def write(self, record):
        ledger.grant(record, self.cleaned_data["won"], **self.facts())


class PayForm(AmountForm):
    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.fields["won"].initial = record.unpaid

    def write(self, record):
        ledger.pay(record, self.cleaned_data["won"], **self.facts())


class ApplyForm(AmountForm):
    """What the local government applied for at the ministry, for the year of the line."""

    won = WonField(label=_("amount in won"), nothing=None)

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.fields["won"].initial = ledger.balance_of(record).agreed

    def write(self, record):
        ledger.record(record, Stage.APPLIED, self.cleaned_data["won"], **self.facts())


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


class GapForm(ModelMoveForm):
    """A way to close what is missing of the promise."""

    model = GapResolution
    takes = ("way", "won", "until", "reason")
    widgets = {"until": DATE}
    won = WonField(label=_("amount in won"))

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        most = max(gap_of(record.appropriation, clock.today()).open, 0)
        self.fields["won"].initial = most
        self.fields["won"].help_text = gettext("At most %s won.") % f"{most:,}"

    def clean(self):
        given = super().clean()
        way, until = self.cleaned_data.get("way"), self.cleaned_data.get("until")
        if way == GapResolution.Way.ACCEPTED and until:
            self.add_error("until", gettext("What is waived has no day: leave it empty."))
        elif way and way != GapResolution.Way.ACCEPTED and not self.lies_ahead(until):
            self.add_error("until", gettext("Name a day that lies ahead."))
        return given

    def lies_ahead(self, until):
        return "until" in self.errors or (until is not None and until > clock.today())


class CutForm(ProposeForm):
    """An amendment that follows a cut: proposed, and its amounts written, or nothing."""

    year = forms.IntegerField(label=_("fiscal year"), min_value=2000, max_value=2100)
    ministry = forms.ModelChoiceField(
        label=_("ministry"), queryset=Organisation.objects.none(), empty_label=None
    )
    percent = forms.IntegerField(label=_("cut in %"), min_value=1, max_value=100)
    how = forms.ChoiceField(label=_("way to close the gap"), choices=How)
    field_order = ("ministry", "year", "percent", "how", "organisation", "reason")

    def __init__(self, *args, record, losses, **options):
        super().__init__(*args, record=record, **options)
        lines = record.agreement.appropriations.filter(source=Source.NATIONAL)
        bodies = Organisation.objects.filter(pk__in=lines.values("payer"))
        self.fields["ministry"].queryset = bodies.named().order_by("pk")
        self.losses = losses

    def clean(self):
        given = super().clean()
        wanted = [self.cleaned_data.get(name) for name in ("ministry", "year", "percent")]
        if None not in wanted:
            self.cut = self.losses(*wanted)
            if not self.cut:
                self.add_error("year", gettext("Nothing of this agreement would be cut."))
            elif first_open_year() > wanted[1]:
                self.add_error("year", gettext("Years that are closed stay in the period."))
        return given

    @transaction.atomic
    def perform(self, workflow):
        amendment = super().perform(workflow)
        version = Version.objects.get(amendment=amendment)
        move = "revise" if AGREEMENT["revise"].post_of(self.actor, version) else "amend"
        AGREEMENT.perform(move, version, actor=self.actor, parts=self.write_schedule)
        return amendment

    def write_schedule(self, version):
        for line, loss in self.cut:
            owner = {"version": version, "component": line.component}
            rows = ScheduleLine.objects.filter(**owner)
            amounts = {(row.fiscal_year, row.source): row.won for row in rows}
            after = after_cut(amounts, line.fiscal_year, loss, self.cleaned_data["how"])
            if any(year not in version.years for year, _source in after):
                text = gettext("%(line)s: the agreement ends before the year after.")
                raise NotNow(text % {"line": line})
            write_lines(ScheduleLine, owner, after)


APPROPRIATION_FORMS = {
    "vote": VoteForm,
    "apply": ApplyForm,
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
GAP_FORMS = {"propose": GapForm}
