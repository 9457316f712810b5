from datetime import date

import pytest

from foundation.time.calendar import (
    add_working_days,
    is_working_day,
    last_working_day,
    working_day_from,
    working_days_between,
)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 2, 16),  # Seollal: 16, 17, 18 February
        date(2026, 2, 18),
        date(2026, 3, 2),  # substitute for 1 March, a Sunday
        date(2026, 9, 24),  # Chuseok: 24, 25, 26 September
        date(2026, 12, 25),
        date(2027, 1, 1),
        date(2027, 2, 9),  # substitute in Seollal 2027
        date(2028, 1, 26),  # Seollal 2028: 26, 27, 28 January
        date(2026, 11, 28),  # a Saturday
    ],
)
def test_holidays_are_no_working_days(day):
    assert not is_working_day(day)


def test_counting_crosses_the_years_end():
    assert add_working_days(date(2026, 12, 30), 3) == date(2027, 1, 5)
    assert working_days_between(date(2026, 12, 30), date(2027, 1, 5)) == 3
    assert working_days_between(date(2027, 1, 5), date(2026, 12, 30)) == -3


def test_counting_crosses_seollal():
    assert add_working_days(date(2026, 2, 13), 1) == date(2026, 2, 19)
    assert add_working_days(date(2026, 2, 19), -1) == date(2026, 2, 13)


def test_deadline_on_a_holiday_moves_on():
    assert working_day_from(date(2026, 9, 24)) == date(2026, 9, 28)
    assert working_day_from(date(2028, 2, 29)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("month", "day"),
    [
        ((2027, 2), date(2027, 2, 26)),  # the 28th is a Sunday
        ((2028, 2), date(2028, 2, 29)),  # a leap year
        ((2026, 12), date(2026, 12, 31)),  # the year's end
        ((2028, 1), date(2028, 1, 31)),
    ],
)
def test_last_working_day_of_a_month(month, day):
    assert last_working_day(*month) == day
