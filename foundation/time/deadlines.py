"""Deadlines in working days: the last day, the days left, and whether a deadline is over.

A deadline on a holiday moves on to the next working day. ``is_over`` and ``latest_over`` are the
same rule, of one day and for a query: ``due_on__lte=latest_over(today)``.
"""

from datetime import timedelta

from . import clock
from .calendar import add_working_days, working_day_from, working_days_between


def last_day(due):
    """The last day on which something due on ``due`` is in time."""
    return working_day_from(due)


def is_over(due, today):
    return last_day(due) < today


def latest_over(today):
    """The latest deadline that is over on ``today``."""
    return latest_due(today, 1)


def days_left(due, today):
    """Working days left until a deadline; negative if it is over.

    On a weekend, a deadline of the Friday before counts as one working day overdue.
    """
    last = last_day(due)
    return working_days_between(today, last) or (-1 if last < today else 0)


def latest_due(today, late):
    """The latest deadline that is at least ``late`` working days overdue on ``today``.

    If ``late`` is negative: the latest deadline at most so many working days ahead.
    """
    day = today if late > 0 else add_working_days(today, 1 - late)
    while days_left(day, today) > -late:
        day -= timedelta(days=1)
    return day


class DeadlineMixin:
    """For a record on which somebody must act by a day: the working days left."""

    @property
    def deadline(self):
        """The day by which somebody must act; None while nobody must."""
        return self.due_on

    @property
    def counted_on(self):
        """The day on which the working days left are counted: today, or when the clock stopped."""
        return clock.today()

    @property
    def days_left(self):
        """Working days until the deadline, negative if it is over; None without a deadline."""
        return days_left(self.deadline, self.counted_on) if self.deadline else None

    @property
    def is_late(self):
        return bool(self.deadline) and is_over(self.deadline, self.counted_on)
