"""Effects on conditions: imposed with the confirmed answer, lapsed when the proposal ends."""

from foundation.engine.workflow import move_on
from foundation.time import clock
from foundation.time.calendar import add_working_days

DAYS_TO_CHECK = 5


def impose_conditions(review):
    for condition in review.conditions.filter(state="").order_by("pk"):
        move_on("impose", condition)


def set_imposed_dates(condition):
    condition.imposed_on, condition.first_due_on = clock.today(), condition.due_on


def set_check_deadline(condition):
    """Set the deadline for the ministry to check the answer: 5 working days from today."""
    condition.check_due_on = add_working_days(clock.today(), DAYS_TO_CHECK)


def lapse_conditions(proposal):
    """Lapse the open conditions of a proposal that is returned, rejected or withdrawn."""
    for condition in proposal.conditions.unsettled().order_by("pk"):
        move_on("lapse", condition)
