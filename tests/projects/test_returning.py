"""A proposal is returned with the list of what is missing, found at its place."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from projects.models import Proposal, Shortcoming
from projects.parts import Progress, tasks
from projects.workflow import PROPOSAL
from tests import factories
from tests.projects.test_calls import rows

MISSING = (
    {"part": "section-need", "text": "통계의 출처를 밝혀 주십시오."},
    {"part": "budget", "text": "2028년 지방비가 없습니다."},
)


@pytest.fixture
def proposal(cast, call):
    return factories.reviewed(cast, call)


def give_back(client, cast, proposal, *missing, **data):
    client.force_login(cast["coordinator"])
    return client.post(
        f"/proposals/{proposal.pk}/moves/return/",
        {"note": "보완이 필요합니다."} | rows("shortcomings", *missing) | data,
    )


def fresh(proposal):
    return Proposal.objects.for_page().get(pk=proposal.pk)


def needing_a_fix(proposal):
    parts = [task for _group, parts in tasks(fresh(proposal)) for task in parts]
    return {task.part.name for task in parts if task.progress == Progress.NEEDS_FIX}


def test_what_is_missing_is_found_at_its_part(client, cast, proposal):
    assert give_back(client, cast, proposal, *MISSING).status_code == 302

    assert needing_a_fix(proposal) == {"section-need", "budget"}
    client.force_login(cast["drafter"])
    assert "통계의 출처" in client.get(proposal.get_absolute_url()).content.decode()
    part = client.get(f"/proposals/{proposal.pk}/parts/section-need/").content.decode()
    assert "통계의 출처" in part
    assert "2028년 지방비" not in part


def test_it_hinders_no_submission_and_is_gone_with_the_next(client, cast, proposal):
    give_back(client, cast, proposal, *MISSING)

    again = PROPOSAL.perform("submit", fresh(proposal), actor=cast["approver"])

    assert fresh(again).standing_shortcomings() == []
    assert Shortcoming.objects.count() == 2


def test_second_return_lists_its_own(client, cast, proposal):
    give_back(client, cast, proposal, *MISSING)
    again = PROPOSAL.perform("submit", fresh(proposal), actor=cast["approver"])

    give_back(client, cast, again)

    assert needing_a_fix(proposal) == set()
    assert fresh(proposal).state == "returned"


def test_a_list_is_not_needed_but_a_reason_is(client, cast, proposal):
    assert give_back(client, cast, proposal, note=" ").status_code == 422
    assert give_back(client, cast, proposal).status_code == 302


@pytest.mark.parametrize("wrong", [{"part": "nothing"}, {"part": ""}, {"text": " "}])
def test_wrong_row_is_refused_and_kept(client, cast, proposal, wrong):
    sent = give_back(client, cast, proposal, MISSING[0] | wrong)

    assert sent.status_code == 422
    assert fresh(proposal).state == "reviewed"


def test_list_by_program(client, cast, proposal):
    client.force_login(cast["coordinator"])

    sent = client.post(
        f"/api/v1/proposals/{proposal.pk}/moves/return/",
        {"note": "보완", "shortcomings": list(MISSING)},
        content_type="application/json",
    )

    assert sent.status_code == 200, sent.json()
    client.force_login(cast["drafter"])
    told = client.get(f"/api/v1/proposals/{proposal.pk}/").json()["shortcomings"]
    assert told == [row | {"revision": 1} for row in MISSING]


def test_shortcomings_stay_and_say_something(client, cast, proposal):
    give_back(client, cast, proposal, *MISSING)
    row = Shortcoming.objects.first()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Shortcoming.objects.update(text="다른 말")
    with pytest.raises(IntegrityError, match="says_something"), transaction.atomic():
        Shortcoming.objects.create(proposal=proposal, revision=row.revision, part="budget", text="")
