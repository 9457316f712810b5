"""Write decisions into the ledger: carry-overs, interest and returns, in moves of the line."""

from foundation.engine.workflow import move_on
from foundation.time import clock

from . import writers as ledger
from .models import Appropriation


def book_the_carry(carry):
    """Carry won from a line to the line of the next year, which is opened if needed."""
    facts = {
        "on": clock.today(),
        "by": carry.decided_by,
        "evidence": carry.approval,
        "key": f"carry:{carry.pk}",
        "kind": carry.kind,
        "account": carry.account,
    }
    written = []

    def go_out(line):
        written.append(ledger.carry_out(line, carry.won, **facts))

    def come_in(line):
        ledger.carry_in(line, written[0], **facts)

    move_on("carry_out", carry.appropriation, parts=go_out)
    move_on("carry_in", following(carry.appropriation), parts=come_in)


def place_of_following(line):
    """The fields that identify the line of the next year: same component and source."""
    return {
        "agreement": line.agreement,
        "component_id": line.component_id,
        "fiscal_year": line.fiscal_year + 1,
        "source": line.source,
    }


def found_following(line):
    return Appropriation.objects.filter(**place_of_following(line)).first()


def following(line):
    """The line of the next year; if missing, it is opened with nothing agreed."""
    sides = {"payer_id": line.payer_id, "recipient_id": line.recipient_id}
    new = Appropriation(**place_of_following(line), **sides)
    return found_following(line) or move_on("open", new)


def book_the_interest(settlement):
    if settlement.interest:
        move_on(
            "earn",
            settlement.appropriation,
            parts=lambda line: ledger.earn(line, settlement.interest, **facts_of(settlement)),
        )
    if not settlement.to_return:
        move_on("settle", settlement)


def book_the_return(settlement):
    move_on(
        "give_back",
        settlement.appropriation,
        parts=lambda line: ledger.give_back(line, settlement.to_return, **facts_of(settlement)),
    )


def facts_of(settlement):
    return {
        "on": clock.today(),
        "by": settlement.accepted_by,
        "evidence": settlement.evidence,
        "key": f"settlement:{settlement.pk}",
    }
