"""Days off decreed at short notice: the table, how it is known, and what moves."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from foundation.models import DecreedHoliday, decreed_days
from foundation.time.calendar import (
    add_working_days,
    is_working_day,
    last_working_day,
    moved_on,
    working_day_from,
    working_days_between,
)
from foundation.time.deadlines import days_left
from foundation.ttl_cache import TimedCache

DAY = date(2026, 12, 24)  # a Thursday; Friday is Christmas


@pytest.fixture
def table():
    """The calendar asks the table, as it does outside of tests."""
    token = decreed_days.fixed.set(None)
    decreed_days.clear()
    yield
    decreed_days.clear()
    decreed_days.fixed.reset(token)


def decree(day=DAY, **values):
    words = {"name_ko": "임시공휴일", "name_en": "Day off", "decree": "관보 제21000호"} | values
    return DecreedHoliday.objects.create(day=day, **{"state": "decreed"} | words)


@pytest.mark.parametrize(
    ("decreed", "act", "expected"),
    [
        # the year's end 2026/27: 31 December and New Year's Day, then a weekend
        (date(2026, 12, 31), lambda: add_working_days(date(2026, 12, 30), 1), date(2027, 1, 4)),
        (date(2026, 12, 31), lambda: last_working_day(2026, 12), date(2026, 12, 30)),
        # Seollal 2026 is 16 to 18 February: with the 19th the week has one working day left
        (date(2026, 2, 19), lambda: add_working_days(date(2026, 2, 13), 1), date(2026, 2, 20)),
        # Seollal 2027 is a weekend, the 8th and its substitute, the 9th
        (date(2027, 2, 10), lambda: working_day_from(date(2027, 2, 8)), date(2027, 2, 11)),
        # Seollal 2028 is 26 to 28 January, before a weekend
        (date(2028, 1, 31), lambda: add_working_days(date(2028, 1, 25), 1), date(2028, 2, 1)),
        # a leap day, before 1 March
        (date(2028, 2, 29), lambda: working_day_from(date(2028, 2, 29)), date(2028, 3, 2)),
        (date(2028, 2, 29), lambda: last_working_day(2028, 2), date(2028, 2, 28)),
        # Chuseok 2028 has a substitute on the 5th of October: with the 6th a week is off
        (date(2028, 10, 6), lambda: add_working_days(date(2028, 9, 29), 1), date(2028, 10, 10)),
        # a deadline is extended after a pause without counting the day off
        (DAY, lambda: moved_on(date(2026, 12, 23), date(2026, 12, 21), date(2026, 12, 22)),
         date(2026, 12, 28)),
        (DAY, lambda: working_days_between(date(2026, 12, 23), date(2026, 12, 28)), 1),
    ],
)  # fmt: skip
def test_counting_leaves_a_decreed_holiday_out(decreed, act, expected):
    with decreed_days.override({decreed}):
        assert act() == expected


def test_deadline_on_a_decreed_holiday_moves_on():
    assert [days_left(DAY, day) for day in (date(2026, 12, 24), date(2026, 12, 28))] == [0, -1]

    with decreed_days.override({DAY}):
        assert [days_left(DAY, day) for day in (date(2026, 12, 23), date(2026, 12, 28))] == [1, 0]


def test_table_decides_and_is_read_once(db, table, django_assert_num_queries):
    decree()

    with django_assert_num_queries(1):
        assert [is_working_day(date(2026, 12, day)) for day in range(21, 26)] == [
            True, True, True, False, False,
        ]  # fmt: skip
        assert add_working_days(date(2026, 12, 1), 200)


def test_process_that_writes_knows_at_once(
    db, table, django_capture_on_commit_callbacks, django_assert_num_queries
):
    assert is_working_day(DAY)
    with django_capture_on_commit_callbacks(execute=True):
        holiday = decree()
    assert not is_working_day(DAY)

    with django_capture_on_commit_callbacks(execute=True):
        holiday.state = "withdrawn"
        holiday.save()
    assert is_working_day(DAY)


@pytest.mark.django_db(transaction=True)
def test_another_process_knows_after_a_minute(table, monkeypatch):
    assert is_working_day(DAY)
    now = decreed_days.until - decreed_days.seconds
    thread = threading.Thread(target=enter_by_sql)
    thread.start()
    thread.join()

    monkeypatch.setattr("foundation.ttl_cache.time.monotonic", lambda: now + 59)
    assert is_working_day(DAY)
    monkeypatch.setattr("foundation.ttl_cache.time.monotonic", lambda: now + 61)
    assert not is_working_day(DAY)


def enter_by_sql():
    """As another process does: this one is not notified."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO foundation_decreedholiday"
            " (day, name_ko, name_en, decree, state, moves_made, changed_at)"
            " VALUES (%s, 'a', 'a', 'b', 'decreed', 1, now())",
            [DAY],
        )
    connection.close()


def test_value_is_cached_until_it_is_cleared():
    readings = iter("abc")
    cache = TimedCache(lambda: next(readings), seconds=60)

    assert (cache(), cache()) == ("a", "a")
    cache.clear()
    assert cache() == "b"
    with cache.override("fixed"):
        assert cache() == "fixed"
    assert cache() == "b"


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({}, "decreed_holiday_once"),
        ({"day": date(2027, 1, 4), "name_ko": ""}, "decreed_holiday_says_why"),
        ({"day": date(2027, 1, 4), "name_en": ""}, "decreed_holiday_says_why"),
        ({"day": date(2027, 1, 4), "decree": ""}, "decreed_holiday_says_why"),
    ],
)
def test_database_keeps_each_day_once_and_named(db, values, name):
    decree()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        decree(**values)
