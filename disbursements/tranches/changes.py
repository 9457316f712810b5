"""What the moves of a tranche write: its amount asked, and the entries of the ledger."""

from django.utils.translation import gettext

from disbursements.ledger import writers as ledger
from disbursements.years.overdue import overdue_settlement
from foundation.engine.workflow import NotNow
from foundation.time import clock


def request(tranche, act, *, won, purpose):
    tranche.purpose = purpose
    ledger.request(tranche, won)


def grant(tranche, act, *, won, as_of, evidence):
    ledger.grant(tranche, won, on=as_of, by=act.actor, evidence=evidence, key=act.key)


def pay(tranche, act, *, won, as_of, evidence):
    ledger.pay(tranche, won, on=as_of, by=act.actor, evidence=evidence, key=act.key)


def revoke(tranche, act):
    """Return the unpaid won of a grant to the appropriation; the reason is the evidence."""
    facts = {"evidence": act.note[:200], "key": act.key}
    ledger.revoke(tranche, on=clock.today(), by=act.actor, **facts)


def reason_wanted(tranche):
    """Why a grant needs a reason: a settlement of an earlier year is overdue; else empty."""
    overdue = overdue_settlement(tranche.appropriation, clock.today())
    text = gettext("%s is not settled, and its day has passed. Say why it is granted.")
    return text % overdue if overdue else ""


def has_reason_while_unsettled(tranche, act):
    if not act.note.strip() and (wanted := reason_wanted(tranche)):
        raise NotNow(wanted)
