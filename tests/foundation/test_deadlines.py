"""Deadlines: days left, over or not, and the same rule for a query."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from foundation.models import decreed_days
from foundation.time.deadlines import days_left, is_over, last_day, latest_over

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 11, 27) + timedelta(days=n) for n in range(4))
DAYS = some.dates(date(2026, 9, 1), date(2027, 3, 31))  # with Chuseok and Seollal


@pytest.mark.parametrize(
    ("due", "today", "left"),
    [
        (FRIDAY, FRIDAY, 0),
        (FRIDAY, SATURDAY, -1),
        (FRIDAY, MONDAY, -1),
        (SUNDAY, SATURDAY, 1),
        (SUNDAY, MONDAY, 0),
        (SUNDAY, MONDAY + timedelta(days=1), -1),
    ],
)
def test_days_left(due, today, left):
    assert days_left(due, today) == left
    assert is_over(due, today) == (left < 0)


def test_decreed_holiday_moves_the_last_day():
    with decreed_days.override({MONDAY}):
        assert last_day(SUNDAY) == MONDAY + timedelta(days=1)
        assert not is_over(SATURDAY, MONDAY + timedelta(days=1))


@given(due=DAYS, today=DAYS)
def test_rule_of_a_day_and_rule_of_a_query_agree(due, today):
    assert is_over(due, today) == (days_left(due, today) < 0) == (due <= latest_over(today))
