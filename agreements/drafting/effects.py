"""What drafting does by itself: the amounts taken anew, the day by which a remark is answered."""

from foundation.time import clock
from foundation.time.calendar import add_working_days

from .first_draft import write_schedule

DAYS_TO_ANSWER = 5


def take_amounts_anew(version):
    write_schedule(version)


def set_day_to_answer(remark):
    remark.due_on = add_working_days(clock.today(), DAYS_TO_ANSWER)


def clear_day(remark):
    remark.due_on = None
