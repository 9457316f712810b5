"""Conditions for moves of carry-overs, settlements and gap resolutions; each raises NotNow."""

from django.utils.translation import gettext

from disbursements.ledger import writers as ledger
from disbursements.ledger.models import Account, Appropriation
from disbursements.ledger.posting import found_following
from disbursements.ledger.requirements import is_not_under_settlement, line_is_national
from disbursements.tranches.requirements import open_tranche
from foundation.engine.workflow import NotNow
from foundation.time import clock

from .gaps import gap_of


def is_within_the_gap(resolution):
    """Refused if more is resolved than is missing and not yet resolved."""
    most = has_an_open_gap(resolution)
    if resolution.won > most:
        raise NotNow(gettext("At most %s won are missing here.") % f"{most:,}")


def has_an_open_gap(resolution):
    most = gap_of(resolution.appropriation, clock.today()).open
    if most <= 0:
        raise NotNow(gettext("This line has no open gap."))
    return most


def treasury_is_not_settled(carry):
    """Treasury money is not carried out of or into a line whose settlement is accepted."""
    if carry.account != Account.TREASURY:
        return
    for line in (carry.appropriation, found_following(carry.appropriation)):
        if line:
            is_not_under_settlement(line)


def year_is_not_closed(settlement):
    if settlement.appropriation.state == Appropriation.State.SETTLED:
        raise NotNow(gettext("The year is closed: nothing was left over."))


def no_tranche_is_under_way(settlement):
    if waiting := open_tranche(settlement.appropriation):
        text = gettext("“%s” is open. Pay, refuse or revoke it first.")
        raise NotNow(text % waiting, [(str(waiting), waiting.get_absolute_url())])


def unspent_is_as_reported(settlement):
    """Refused if the treasury changed since the report: the settlement is reported again first."""
    if ledger.balance_of(settlement.appropriation).in_treasury != settlement.unspent:
        raise NotNow(gettext("The ledger has moved since the report. Send the settlement back."))


def settles_national_funds(settlement):
    line_is_national(settlement.appropriation)
