"""A termination that is decided ends the agreement."""

from foundation.engine.workflow import move_on
from foundation.time import clock
from foundation.time.calendar import add_working_days

DAYS_TO_DECIDE = 10


def set_day_to_decide(termination):
    termination.due_on = add_working_days(clock.today(), DAYS_TO_DECIDE)


def end_agreement(termination):
    move_on("terminate", termination.version)
