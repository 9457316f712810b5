"""Conditions begin with the ministry's confirmed answer and end with the proposal."""

from foundation.engine.workflow import move_on
from foundation.time import clock
from foundation.time.calendar import add_working_days

DAYS_TO_CHECK = 5


def impose_conditions(review):
    for condition in review.conditions.filter(state="").order_by("pk"):
        move_on("impose", condition)


def note_the_day_imposed(condition):
    condition.imposed_on, condition.first_due_on = clock.today(), condition.due_on


def give_the_days_to_check(condition):
    """From the answer on it is the ministry's turn, with working days of its own."""
    condition.check_due_on = add_working_days(clock.today(), DAYS_TO_CHECK)


def lapse_conditions(proposal):
    """Nobody meets conditions of what goes back or is over."""
    for condition in proposal.conditions.unsettled().order_by("pk"):
        move_on("lapse", condition)
