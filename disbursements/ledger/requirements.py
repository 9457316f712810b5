"""Conditions for moves of a line of money; each raises NotNow."""

from django.utils.translation import gettext, gettext_lazy

from disbursements.tranches.models import Tranche
from disbursements.years.models import CarryOver, Settlement
from foundation.engine.workflow import NotNow

from . import writers as ledger

T = Tranche.State


def keeps_what_is_paid(version):
    """An amendment promises no less than is paid, and removes no line with grants."""
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


def line_is_national(line):
    if not line.is_national:
        raise NotNow(gettext("This concerns national funds only."))


def is_not_under_settlement(line):
    """Refused once the settlement is accepted: the money in the treasury stays as settled."""
    if Settlement.objects.filter(appropriation=line, state__in=["accepted", "settled"]).exists():
        raise NotNow(gettext("The settlement is accepted: nothing more is reported for this year."))


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
