"""How many working days are left until a deadline, or overdue."""

from datetime import timedelta

from .calendar import add_working_days, working_day_from, working_days_between


def days_left(due, today):
    """Working days left until a deadline; negative if it is overdue.

    A deadline on a holiday moves on to the next working day. On a weekend, a deadline of the
    Friday before counts as one working day overdue.
    """
    last = working_day_from(due)
    return working_days_between(today, last) or (-1 if last < today else 0)


def latest_due(today, late):
    """The latest deadline that is at least ``late`` working days overdue on ``today``.

    If ``late`` is negative: the latest deadline at most so many working days ahead.
    """
    day = today if late > 0 else add_working_days(today, 1 - late)
    while days_left(day, today) > -late:
        day -= timedelta(days=1)
    return day
