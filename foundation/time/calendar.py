"""Working days of Korea: Monday to Friday without public, substitute and decreed holidays.

Public and substitute holidays are those of the package ``holidays`` (관공서의 공휴일에 관한
규정); what the government decrees at short notice is a table, cached for a minute.
"""

from datetime import date, timedelta
from functools import cache

import holidays

from .models import decreed_days


@cache
def public_holidays(year):
    return frozenset(holidays.country_holidays("KR", years=year))


def is_working_day(day):
    if day.weekday() >= 5 or day in public_holidays(day.year):
        return False
    return day not in decreed_days()


def working_day_from(day):
    """``day`` itself, or the next working day: a deadline on a holiday moves on."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def last_working_day(year, month):
    """The last working day of a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return add_working_days(following, -1)


def add_working_days(day, count):
    """The working day ``count`` working days after ``day`` (before it, if negative)."""
    step = timedelta(days=1 if count >= 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def working_days_between(first, last):
    """How many working days ``last`` is after ``first``; negative if it is before."""
    if last < first:
        return -working_days_between(last, first)
    span = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(is_working_day(day) for day in span)


def moved_on(due, since, until):
    """A deadline after a pause: extended by the working days from ``since`` to ``until``."""
    return add_working_days(due, working_days_between(since, until))
