"""How many working days are left until a day."""

from datetime import timedelta

from .calendar import add_working_days, working_day_from, working_days_between


def days_left(due, today):
    """Working days until a deadline, which a holiday moves on; below zero once it has passed.

    On a weekend, a deadline of the Friday before counts as one day late.
    """
    last = working_day_from(due)
    return working_days_between(today, last) or (-1 if last < today else 0)


def latest_due(today, late):
    """The last day that, had it been a deadline, would be ``late`` working days past.

    Below zero: that would be so many working days ahead.
    """
    day = today if late > 0 else add_working_days(today, 1 - late)
    while days_left(day, today) > -late:
        day -= timedelta(days=1)
    return day
