"""Effects of drafting: copy the coordinated amounts, set the due day of a remark."""

from foundation.time import clock
from foundation.time.calendar import add_working_days

from .first_draft import write_schedule

DAYS_TO_ANSWER = 5


def take_coordinated_amounts(version):
    write_schedule(version)


def set_day_to_answer(remark):
    remark.due_on = add_working_days(clock.today(), DAYS_TO_ANSWER)


def clear_day(remark):
    remark.due_on = None
