"""API of reminder rules: the same form, limits and permissions as the page."""

from datetime import date

import pytest

from reminders.models import Rule
from tests import factories

from ..conftest import on

ADDRESS = "/api/v1/reminder-rules/"


@pytest.fixture
def coordinator(client, cast):
    client.force_login(cast["coordinator"])
    return client


def send(client, rules, **more):
    return client.post(ADDRESS, {"rules": rules} | more, content_type="application/json")


def line(answer, kind):
    (found,) = [each for each in answer.json()["rules"] if each["kind"] == kind]
    return found


def test_shows_the_default_rules(coordinator):
    answer = coordinator.get(ADDRESS)

    assert answer.json()["call"] is None
    assert line(answer, "review") == {
        "kind": "review",
        "label": "부처 검토 의견 작성",
        "own": False,
        "before": [5, 2],
        "every": 5,
        "climbs": [
            {"late": 1, "roles": ["approver"]},
            {"late": 3, "roles": ["coordinator"]},
        ],
    }


def test_keeps_the_rules_of_a_call_and_ends_those_left_out(coordinator, call):
    sent = {"kind": "review", "before": [10, 3, 0], "every": 2, "climbs": [2]}
    answer = send(coordinator, [sent, {"kind": "confirm", "climbs": []}], call=call.pk)

    assert answer.status_code == 200
    assert line(answer, "review")["before"] == [10, 3]
    assert line(answer, "review")["climbs"] == [{"late": 2, "roles": ["approver"]}]
    assert line(answer, "confirm")["climbs"] == []
    assert line(answer, "question")["own"] is False
    assert coordinator.get(f"{ADDRESS}?call={call.pk}").json() == answer.json()

    send(coordinator, [{"kind": "question", "before": []}], call=call.pk)
    rows = Rule.objects.values_list("call", "kind", "before", "climbs")
    assert list(rows) == [(call.pk, "question", [], None)]


def test_tries_without_keeping(client, cast, call, tuesday):
    factories.submitted(cast, call)
    client.force_login(cast["coordinator"])
    with on(date(2026, 11, 25)):
        answer = send(client, [{"kind": "review", "before": [7]}], call=call.pk, just_try=True)

    first = answer.json()["preview"][0]
    assert (first["day"], first["kind"], first["escalation"]) == (
        "2026-11-27",
        "부처 검토 의견 작성",
        False,
    )
    assert first["record"].startswith("projects.review:")
    assert not Rule.objects.exists()


@pytest.mark.parametrize(
    "rules",
    [
        None,
        "review",
        [{"kind": "nothing"}],
        [{"kind": "review", "before": "10"}],
        [{"kind": "review", "before": [131]}],
        [{"kind": "review", "before": [1, 2, 3, 4, 5, 6, 7]}],
        [{"kind": "review", "before": ["\x00"]}],
        [{"kind": "review", "every": -1}],
        [{"kind": "review", "climbs": [3, 1]}],
        [{"kind": "review", "climbs": [1, 2, 3]}],
        [{"kind": "draft", "every": 1}, {"kind": "draft", "every": 2}],
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_kept(coordinator, rules):
    assert send(coordinator, rules).status_code == 400
    assert not Rule.objects.exists()


@pytest.mark.parametrize("call", ["x", "0", "-1", "999999999999999999999", "\x00"])
def test_no_such_call(coordinator, call):
    assert coordinator.get(ADDRESS, {"call": call}).status_code in (400, 404)


@pytest.mark.parametrize("who", ["drafter", "motir_approver", "budget", "auditor", "nobody"])
def test_nobody_else_reads_or_keeps_them(client, cast, call, who):
    client.force_login(cast[who])

    for which in ({}, {"call": call.pk}):
        assert client.get(ADDRESS, which).status_code in (403, 404)
        assert send(client, [{"kind": "review", "every": 1}], **which).status_code in (403, 404)
    assert not Rule.objects.exists()
