"""Progress of conditions: who must act on each, working days left, and how many are met."""

from dataclasses import dataclass

from foundation.time import clock
from foundation.time.calendar import working_days_between

from .models import Condition

C = Condition.State


@dataclass(frozen=True)
class Turn:
    """One condition as a row; ``holder`` must act within ``days_left`` working days."""

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
    """The organisation that must act; None if it is settled or ministries are still reviewing."""
    if condition.state == C.ANSWERED:
        return condition.review.ministry
    begun = condition.proposal.state in Condition.FROM
    return condition.owner if condition.state == C.OPEN and begun else None


def days_left(condition, today):
    if holder(condition) is None:
        return None
    return working_days_between(today, condition.turn_due_on)


def progress(conditions):
    """(number met or waived, number of all without lapsed ones)."""
    counted = [row for row in conditions if row.state != C.LAPSED]
    return sum(row.state in Condition.DECIDED for row in counted), len(counted)
