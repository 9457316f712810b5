"""What the moves of a line write: entries of the ledger, each with the key of its move."""

from foundation.time import clock

from . import writers as ledger
from .models import Stage

BUDGET_FIGURES = (Stage.REQUESTED, Stage.BILL, Stage.PROVISIONAL, Stage.FINAL)


def facts(act, as_of, evidence):
    return {"on": as_of, "by": act.actor, "evidence": evidence, "key": act.key}


def vote(line, act, *, won, as_of, evidence):
    ledger.vote(line, won, **facts(act, as_of, evidence))


def execute(line, act, *, won, as_of, evidence):
    ledger.execute(line, won, **facts(act, as_of, evidence))


def apply(line, act, *, won, as_of, evidence):
    ledger.record(line, Stage.APPLIED, won, **facts(act, as_of, evidence))


def record(line, act, *, stage, won, as_of, evidence):
    """Record a figure of the budget process; raises ValueError for another stage."""
    if stage not in BUDGET_FIGURES:
        raise ValueError(stage)
    ledger.record(line, stage, won, **facts(act, as_of, evidence))


def contract(line, act, *, won, as_of, evidence):
    ledger.record(line, Stage.CONTRACTED, won, **facts(act, as_of, evidence))


def lapse(line, act, *, won, as_of, evidence):
    ledger.lapse(line, won, **facts(act, as_of, evidence))


def draw(line, act, *, won, as_of, evidence):
    ledger.draw(line, won, **facts(act, as_of, evidence))


def correct_vote(line, act, *, entry):
    correct(line, act, entry, Stage.VOTED)


def correct_execution(line, act, *, entry):
    correct(line, act, entry, Stage.EXECUTED)


def correct(line, act, entry, stage):
    """Write the opposite of an entry of the line; the reason is the evidence.

    Raises ValueError for an entry of another line or stage: who votes does not correct what
    another organisation executed.
    """
    if (entry.appropriation_id, entry.stage) != (line.pk, stage):
        raise ValueError(entry)
    ledger.correct(entry, **facts(act, clock.today(), act.note[:200]))
