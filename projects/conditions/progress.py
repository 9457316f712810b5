"""Conditions of the ministries, one by one: whose turn each is, and how far the whole is."""

from dataclasses import dataclass

from foundation.time import clock
from foundation.time.calendar import working_days_between

from .models import Condition

C = Condition.State


@dataclass(frozen=True)
class Turn:
    """One condition as a line; ``holder`` must act, within ``days_left`` working days."""

    condition: Condition
    holder: object
    days_left: int | None

    @property
    def is_late(self):
        return self.days_left is not None and self.days_left < 0


def turns(conditions):
    today = clock.today()
    return [Turn(row, holder(row), days_left(row, today)) for row in conditions]


def holder(condition):
    """For whom everybody waits; nobody once it is settled, or while ministries still answer."""
    if condition.state == C.ANSWERED:
        return condition.review.ministry
    begun = condition.proposal.state in Condition.FROM
    return condition.owner if condition.state == C.OPEN and begun else None


def days_left(condition, today):
    if holder(condition) is None:
        return None
    return working_days_between(today, condition.turn_due_on)


def progress(conditions):
    """How many are met or waived, of all that count."""
    counted = [row for row in conditions if row.state != C.LAPSED]
    return sum(row.state in Condition.DECIDED for row in counted), len(counted)
