"""What must be true before money, or its agreement, moves; each refuses in words."""

from django.utils.translation import gettext, gettext_lazy

from agreements.models import Version
from foundation.engine.workflow import NotNow
from foundation.time import clock

from . import ledger
from .booking import found_following
from .gaps import gap_of
from .models import Account, Appropriation, CarryOver, Settlement, Tranche

V = Version.State
T = Tranche.State


def is_national(tranche):
    if not tranche.appropriation.is_national:
        raise NotNow(gettext("Only national funds are requested in tranches."))


def line_is_open(tranche):
    if tranche.appropriation.state != Appropriation.State.OPEN:
        raise NotNow(gettext("This line is closed: the agreement promises nothing here any more."))


def is_in_force(tranche):
    """While an agreement is suspended or after its end nothing new is asked for or granted."""
    if not version_of(tranche, V.IN_FORCE):
        raise NotNow(gettext("The agreement is not in force now: no new tranches are decided."))


def is_not_terminated(tranche):
    if version_of(tranche, V.TERMINATED):
        raise NotNow(gettext("The agreement is terminated: what is unspent is settled."))


def another_is_possible(tranche):
    """As many tranches a year as the call allows; what was refused or revoked does not count."""
    call = tranche.appropriation.agreement.proposal.call
    counted = tranche.appropriation.tranches.exclude(state__in=[T.REFUSED, T.REVOKED]).count()
    if counted >= call.tranches_a_year:
        text = gettext("The call allows %s tranches a year: all of them are requested.")
        raise NotNow(text % call.tranches_a_year)


def enough_is_executed(tranche):
    """The next tranche comes once enough of what was paid is executed, as the call says."""
    line = tranche.appropriation
    least = line.agreement.proposal.call.executed_percent
    balance = ledger.balance_of(line)
    if balance.executed * 100 < balance.paid * least:
        text = gettext("The next tranche comes once %(least)s%% of what was paid is executed.")
        raise NotNow(text % {"least": least})


def version_of(tranche, state):
    return tranche.appropriation.agreement.versions.filter(state=state).first()


def keeps_what_is_paid(version):
    """What was already paid cannot be amended away, nor a line closed on which is granted."""
    if version.amendment is None:
        return
    promised = {
        (line.component_id, line.fiscal_year, line.source): line.won
        for line in version.schedule.all()
    }
    lines = version.agreement.appropriations.filter(source="national", balance__granted__gt=0)
    for line in lines.select_related("balance", "component").order_by("fiscal_year", "pk"):
        won = promised.get((line.component_id, line.fiscal_year, line.source), 0)
        if won < min(line.balance.agreed, line.balance.paid):
            text = gettext("%(line)s: %(paid)s won are paid already; less cannot be promised.")
            raise NotNow(text % {"line": line, "paid": f"{line.balance.paid:,}"})
        if not won and line.balance.agreed:
            text = gettext("%(line)s: %(granted)s won are granted; it cannot be taken out.")
            raise NotNow(text % {"line": line, "granted": f"{line.balance.granted:,}"})


def no_tranche_is_open(version):
    tranches = Tranche.objects.filter(appropriation__agreement=version.agreement)
    if waiting := tranches.filter(state__in=[T.REQUESTED, T.GRANTED]).order_by("pk").first():
        text = gettext("“%s” is open. Pay or refuse it before the agreement is completed.")
        raise NotNow(text % waiting, [(str(waiting), waiting.get_absolute_url())])


def is_within_the_gap(resolution):
    """No more is resolved than is missing and not yet resolved otherwise."""
    most = has_an_open_gap(resolution)
    if resolution.won > most:
        raise NotNow(gettext("At most %s won are missing here.") % f"{most:,}")


def has_an_open_gap(resolution):
    most = gap_of(resolution.appropriation, clock.today()).open
    if most <= 0:
        raise NotNow(gettext("This line has no open gap."))
    return most


def is_not_settled(tranche):
    is_not_under_settlement(tranche.appropriation)


def treasury_is_not_settled(carry):
    """What a settlement returns is not carried away, nor is anything added to it."""
    if carry.account != Account.TREASURY:
        return
    for line in (carry.appropriation, found_following(carry.appropriation)):
        if line:
            is_not_under_settlement(line)


def year_is_not_closed(settlement):
    if settlement.appropriation.state == Appropriation.State.SETTLED:
        raise NotNow(gettext("The year is closed: nothing was left over."))


def line_is_national(line):
    if not line.is_national:
        raise NotNow(gettext("This concerns national funds only."))


def is_not_under_settlement(line):
    """From its acceptance on, what the settlement says is left is left."""
    if Settlement.objects.filter(appropriation=line, state__in=["accepted", "settled"]).exists():
        raise NotNow(gettext("The settlement is accepted: nothing more is reported for this year."))


def no_tranche_is_under_way(settlement):
    if waiting := open_tranche(settlement.appropriation):
        text = gettext("“%s” is open. Pay, refuse or revoke it first.")
        raise NotNow(text % waiting, [(str(waiting), waiting.get_absolute_url())])


def open_tranche(line):
    return line.tranches.filter(state__in=[T.REQUESTED, T.GRANTED]).order_by("pk").first()


def nothing_is_left(line):
    """A year closes when available = executed + carried out + lapsed + returned."""
    balance = ledger.balance_of(line)
    for name, advice in WHAT_TO_DO.items():
        if won := getattr(balance, name):
            raise NotNow(advice % f"{won:,}")


WHAT_TO_DO = {
    "in_appropriation": gettext_lazy(
        "%s won are voted and not granted: grant them, carry them over or let them lapse."
    ),
    "in_grant": gettext_lazy("%s won are granted and not paid: pay them or revoke the grant."),
    "in_treasury": gettext_lazy(
        "%s won are paid and not spent: report execution, carry them over or return them."
    ),
}


def nothing_is_under_way(line):
    for rows in (
        line.tranches.filter(state__in=[T.REQUESTED, T.GRANTED]),
        CarryOver.objects.filter(appropriation=line, state="requested"),
        Settlement.objects.filter(appropriation=line).exclude(state="settled"),
    ):
        if waiting := rows.order_by("pk").first():
            text = gettext("“%s” is open. Finish it before the year is closed.")
            raise NotNow(text % waiting, [(str(waiting), waiting.get_absolute_url())])


def unspent_is_as_reported(settlement):
    """What was spent or mended since the report is reported first."""
    if ledger.balance_of(settlement.appropriation).in_treasury != settlement.unspent:
        raise NotNow(gettext("The ledger has moved since the report. Send the settlement back."))


def settles_national_funds(settlement):
    line_is_national(settlement.appropriation)


def is_in_no_batch(tranche):
    """What is on its way to the bank is not paid by hand, nor revoked, at the same time."""
    if item := tranche.batch_items.filter(outcome="open").select_related("batch").first():
        text = gettext("“%s” holds this tranche. Wait for the bank's answer.")
        raise NotNow(text % item.batch, [(str(item.batch), item.batch.get_absolute_url())])
