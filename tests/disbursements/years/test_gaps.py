"""Gaps of the promise in the budget, and how they are closed."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from disbursements.models import Appropriation, GapResolution, Stage
from disbursements.years.gaps import awaited_stage, day_of, gap_of, open_gaps, unmatched
from foundation.engine.workflow import NotNow
from reminders.matters.kinds import KINDS
from tests.disbursements import acts

from ..test_views import browser

TODAY = date(2026, 11, 3)
KIND = {kind.name: kind for kind in KINDS}


def figure(cast, line, stage, won):
    return acts.write(cast, line, "record", won, stage=stage)


def gap(line, today=TODAY):
    found = gap_of(line, today)
    return found.stage, found.short, found.open


def test_latest_figure_counts(cast, line):
    assert gap(line) == ("", 0, 0)
    figure(cast, line, Stage.REQUESTED, 900_000)
    assert gap(line) == ("requested", 100_000, 100_000)
    figure(cast, line, Stage.BILL, 700_000)
    assert gap(line) == ("bill", 300_000, 300_000)
    acts.vote(cast, line, 1_100_000)
    assert gap(line) == ("voted", -100_000, -100_000)  # more than promised is no gap
    assert list(open_gaps(Appropriation.objects.all(), TODAY)) == []


def test_vote_of_nothing_is_a_gap_of_everything(cast, line):
    acts.vote(cast, line, 0)

    assert gap(line) == ("voted", 1_000_000, 1_000_000)


def test_gap_is_open_until_both_sides_agree(cast, line):
    acts.vote(cast, line, 800_000)

    with pytest.raises(NotNow, match="200,000"):
        acts.propose_gap(cast, line, 200_001)
    proposed = acts.propose_gap(cast, line, 150_000)
    assert (proposed.stage, gap(line)[2]) == ("voted", 200_000)
    acts.answer_gap(cast, proposed)
    assert gap(line)[2] == 50_000
    refused = acts.answer_gap(cast, acts.propose_gap(cast, line, 50_000), "refuse")
    assert (refused.state, gap(line)[2]) == ("refused", 50_000)


def test_what_did_not_happen_by_its_day_is_open_again(cast, line):
    acts.vote(cast, line, 800_000)
    acts.answer_gap(cast, acts.propose_gap(cast, line, 150_000, until=date(2027, 6, 30)))
    acts.answer_gap(cast, acts.propose_gap(cast, line, 50_000, way="accepted", until=None))

    assert gap(line, date(2027, 6, 30))[2] == 0
    assert gap(line, date(2027, 7, 1))[2] == 150_000  # what was waived stays waived


def test_gap_that_is_closed_meanwhile_is_not_resolved_twice(cast, line):
    acts.vote(cast, line, 800_000)
    proposed = acts.propose_gap(cast, line, 200_000)
    acts.vote(cast, line, 200_000)

    with pytest.raises(NotNow):
        acts.answer_gap(cast, proposed)


BROKEN = {
    "gap_resolution_closes_something": {"won": 0},
    "gap_resolution_has_its_day": {"until": None},
    "gap_resolution_decider_is_not_proposer": {"decided_by": "motir_finance"},
    "gap_resolution_is_decided_by_somebody": {"state": "accepted"},
}


@pytest.mark.parametrize("constraint", BROKEN)
def test_database_refuses_what_the_workflow_never_writes(cast, line, constraint):
    acts.vote(cast, line, 800_000)
    row = acts.propose_gap(cast, line, 10)
    broken = {k: cast[v] if k == "decided_by" else v for k, v in BROKEN[constraint].items()}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        GapResolution.objects.filter(pk=row.pk).update(**broken)


@pytest.mark.parametrize(
    ("today", "stage", "due"),
    [
        (date(2026, 5, 31), Stage.REQUESTED, date(2026, 5, 31)),
        (date(2026, 6, 1), Stage.BILL, date(2026, 9, 3)),
        (date(2026, 9, 4), Stage.VOTED, date(2026, 12, 2)),
        (date(2026, 12, 3), Stage.VOTED, date(2026, 12, 2)),
    ],
)
def test_calendar_of_the_budget(today, stage, due):
    assert awaited_stage(today) == (stage, due)
    assert day_of(stage, 2027) == due


def test_work_follows_the_calendar(cast, line):
    def due(name, today, who="motir_finance"):
        return {
            row.due
            for row in KIND[name].work_of(cast[who], today)
            if getattr(row, "appropriation_id", row.pk) == line.pk
        }

    assert due("ask", date(2026, 5, 4)) == {date(2026, 5, 31)}
    assert due("figure", date(2026, 5, 4)) == set()
    figure(cast, line, Stage.REQUESTED, 900_000)
    assert due("ask", date(2026, 5, 4)) == set()
    assert due("gap", date(2026, 5, 4)) == {date(2026, 5, 31)}
    assert due("figure", date(2026, 6, 4)) == {date(2026, 9, 3)}
    figure(cast, line, Stage.BILL, 900_000)
    assert due("gap", date(2026, 9, 1)) == {date(2026, 9, 3)}
    acts.vote(cast, line, 900_000)
    assert due("gap", date(2027, 1, 4)) == {date(2026, 12, 2)}
    acts.propose_gap(cast, line, 100_000)
    assert due("gap", date(2027, 1, 4)) == set()
    assert len(due("gap_answer", date(2027, 1, 4), "approver")) == 1


@pytest.mark.parametrize(
    ("national", "local", "won"),
    [
        ((1_000, 1_000), (1_000, 1_000), 0),
        ((1_000, 1_000), (1_000, 400), 600),  # 400 of local funds match 400
        ((1_000, 800), (1_000, 800), 0),  # cut alike
        ((900, 900), (300, 100), 600),  # three to one: 100 match 300
        ((1_000, 1_000), (3, 1), 667),  # 333.3 matched: the part of a won has no match
        ((1_000, 1_000), (0, 0), 0),  # nothing local is agreed
        ((1_000, 500), (1_000, 2_000), 0),  # more than needed
    ],
)
def test_unmatched_by_hand(national, local, won):
    assert unmatched(national, local) == won


def test_pages_show_the_gap_and_take_its_resolution(cast, line):
    acts.vote(cast, line, 800_000)
    officer = browser(cast["motir_finance"])

    page = officer.get("/gaps/?year=2027")
    assert [row.open for row in page.context["page"]] == [200_000]
    address = f"/money/{line.pk}/gaps/new/"
    form = {"key": "k1", "seen": "0", "way": "supplementary", "won": "200,000", "reason": "추경"}
    wrong = officer.post(address, form)
    assert wrong.status_code == 422
    assert "until" in wrong.context["form"].errors
    sent = officer.post(address, form | {"until": "2099-06-30"})
    made = GapResolution.objects.get()
    assert sent.url == made.get_absolute_url()
    assert browser(cast["approver"]).get(sent.url).status_code == 200
    browser(cast["approver"]).post(f"/gaps/{made.pk}/moves/accept/", {"seen": "1"})
    assert list(officer.get("/gaps/?year=2027").context["page"]) == []
    assert len(officer.get("/gaps/?year=2027&shown=all").context["page"]) == 1
    assert officer.get("/gaps/?year=0").context["filter"]["form"].errors


def test_list_of_gaps_costs_the_same_for_any_number(cast, version, django_assert_num_queries):
    client = browser(cast["auditor"])
    lines = Appropriation.objects.filter(source="national", component__ministry="MOTIR")
    first, *others = lines.order_by("pk")
    acts.vote(cast, first, 1)

    client.get("/gaps/?year=2027")
    with django_assert_num_queries(11):
        client.get("/gaps/?year=2027")
    for line in others:
        acts.vote(cast, line, 1)
    with django_assert_num_queries(11):
        client.get("/gaps/?year=2027")
