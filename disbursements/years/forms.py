"""Forms for carry-overs, settlements and gap resolutions."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disbursements.ledger import writers as ledger
from foundation.time import clock
from foundation.web.forms import DATE, ModelMoveForm, WonField

from .gaps import gap_of
from .models import CarryOver, GapResolution, Settlement


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
    """The settlement report: the unspent amount is from the ledger, the interest is entered."""

    model = Settlement
    takes = ("interest", "evidence")
    interest = WonField(label=_("interest"), required=False)

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        won = ledger.balance_of(record.appropriation).in_treasury
        text = gettext("%s won are left over by the ledger; add what interest they bore.")
        self.fields["interest"].help_text = text % f"{won:,}"


class GapForm(ModelMoveForm):
    """A way to close a gap of the promise."""

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
        elif way and way != GapResolution.Way.ACCEPTED and not self.is_in_future(until):
            self.add_error("until", gettext("Name a day in the future."))
        return given

    def is_in_future(self, until):
        return "until" in self.errors or (until is not None and until > clock.today())


CARRY_FORMS = {"request": CarryForm}
SETTLEMENT_FORMS = {"report": SettleForm}
GAP_FORMS = {"propose": GapForm}
