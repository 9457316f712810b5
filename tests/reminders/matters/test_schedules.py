"""Reminder schedules: the defaults, a rule for all calls, a rule of one call."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from foundation.time.calendar import is_working_day
from foundation.time.deadlines import days_left
from reminders.matters.kinds import KINDS
from reminders.matters.paths import WAYS
from reminders.matters.schedules import BY_KIND, USUALLY, Schedule, divided
from reminders.models import Notice, Rule
from reminders.outbox.notices import write_notices
from tests import factories

DUE = date(2026, 12, 8)  # ten working days after the Tuesday of submission


def rule(cast, call=None, kind="review", before=(7, 3), every=5, climbs=None):
    facts = {"before": list(before), "every": every, "climbs": climbs}
    return Rule.objects.create(call=call, kind=kind, changed_by=cast["coordinator"], **facts)


def firsts(schedule, due, until):
    """The first day of each stage, from a hundred days before a deadline."""
    found, day = {}, due - timedelta(100)
    while day <= until:
        stage = schedule.stage(days_left(due, day)) if is_working_day(day) else ""
        if stage:
            found.setdefault(stage, day.isoformat())
        day += timedelta(1)
    return list(found.items())


@pytest.mark.parametrize(
    ("schedule", "due", "days"),
    [
        # ten and three before, on the day, one after, then every five: over the year's end
        (Schedule((10, 3), 5), "2026-12-24", {
            "before-10": "2026-12-10", "before": "2026-12-21", "today": "2026-12-24",
            "after-0": "2026-12-28", "after-1": "2027-01-05"}),
        # Seollal 2027 is the 8th and 9th of February: due on the 8th is due on the 10th
        (Schedule((2,), 3), "2027-02-08", {
            "before-2": "2027-02-04", "today": "2027-02-10", "after-0": "2027-02-11",
            "after-1": "2027-02-16"}),
        # a leap day, and 1 March
        (Schedule((1,), 1), "2028-02-29", {
            "before-1": "2028-02-28", "today": "2028-02-29", "after-0": "2028-03-02",
            "after-1": "2028-03-03"}),
        # nothing before, and once after
        (Schedule((), 0), "2026-12-08", {"today": "2026-12-08", "after-0": "2026-12-09"}),
    ],
)  # fmt: skip
def test_stages_begin_on_the_expected_days(schedule, due, days):
    until = date.fromisoformat(list(days.values())[-1])

    assert firsts(schedule, date.fromisoformat(due), until) == list(days.items())


def test_calls_that_close_are_named_two_weeks_before():
    assert BY_KIND["submit"] == Schedule((14, 7, 3, 1), 5)
    assert Schedule((3,), 5) == USUALLY


def write_from(first, until):
    while first <= until:
        write_notices(first)
        first += timedelta(1)


def test_rule_of_a_call_is_for_that_call_only(cast, tuesday):
    mine, other = factories.call(cast), factories.call(cast)
    for call in (mine, other):
        factories.submitted(cast, call)
    rule(cast, mine, before=(7,))
    write_from(date(2026, 11, 25), DUE)

    found = {}
    for notice in Notice.objects.filter(person=cast["motir_reviewer"]).order_by("pk"):
        found.setdefault(notice.subject, []).append((str(notice.written_on), notice.stage))
    assert sorted(found.values()) == [
        [("2026-11-27", "before-7"), ("2026-12-08", "today")],
        [("2026-12-01", "before-5"), ("2026-12-04", "before-2"), ("2026-12-08", "today")],
    ]


def test_rule_for_all_holds_where_a_call_has_none(cast, call, tuesday):
    factories.submitted(cast, call)
    rule(cast, before=(5,))
    assert write_notices(date(2026, 12, 1)) == 2

    rule(cast, call, before=(1,))
    Notice.objects.all().delete()
    assert write_notices(date(2026, 12, 1)) == 0
    assert write_notices(date(2026, 12, 7)) == 2


def test_topic_of_an_earlier_step_is_its_kind(cast, call, tuesday):
    factories.submitted(cast, call)
    rule(cast, call, before=(7,))
    write_notices(date(2026, 11, 27))

    assert set(Notice.objects.values_list("stage", "topic")) == {("before-7", "review")}


def test_rule_of_a_call_costs_a_statement_and_more_matters_cost_none(
    cast, call, tuesday, django_assert_num_queries
):
    factories.submitted(cast, call)
    rule(cast, factories.call(cast))
    with django_assert_num_queries(49):
        assert write_notices(DUE) == 2
    Notice.objects.all().delete()
    for number in range(4):
        factories.submitted(cast, call, title=f"사업 {number}")
    with django_assert_num_queries(49):
        assert write_notices(DUE) == 10


OF_NO_CALL = {"delegation"}
OF_CALLS = [k for k in KINDS if k.reminds and k.name not in OF_NO_CALL]


@pytest.mark.parametrize("kind", OF_CALLS, ids=lambda kind: kind.name)
def test_every_kind_knows_the_call_of_its_matters(cast, call, kind):
    rows = kind.rows(date(2026, 12, 8))
    assert rows.model in WAYS

    parts = list(divided(kind, rows, [rule(cast, call, kind=kind.name)]))
    assert [schedule for schedule, _rows in parts][1] == Schedule((7, 3), 5)
    assert [list(rows) for _schedule, rows in parts] == [[], []]


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({}, "reminder_rule_once"),
        ({"kind": "confirm", "before": [0]}, "reminder_rule_in_bounds"),
        ({"kind": "confirm", "before": [131]}, "reminder_rule_in_bounds"),
        ({"kind": "confirm", "before": [1, 2, 3, 4, 5, 6, 7]}, "reminder_rule_in_bounds"),
        ({"kind": "confirm", "every": 61}, "reminder_rule_in_bounds"),
    ],
)
@pytest.mark.parametrize("of_call", [True, False])
def test_database_keeps_rules_within_bounds_and_once(cast, call, values, name, of_call):
    which = call if of_call else None
    rule(cast, which)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        rule(cast, which, **values)


@pytest.mark.parametrize("days", [[131], [-131], [1, 2, 3, 4], [3, 3], [1, 3, 2], [2, 1]])
def test_database_keeps_the_days_of_an_escalation_within_bounds_and_upward(cast, days):
    with pytest.raises(IntegrityError, match="reminder_rule_climbs"), transaction.atomic():
        rule(cast, climbs=days)


@pytest.mark.parametrize("days", [None, [], [-130], [130], [-10, 0, 1]])
def test_days_of_an_escalation_that_are_valid(cast, days):
    assert rule(cast, climbs=days).climbs == days
