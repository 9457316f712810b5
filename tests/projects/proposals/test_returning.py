"""A proposal is returned with a list of shortcomings, each shown at its part."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from foundation.engine.workflow import NotNow
from projects.drafting.task_list import Progress, tasks
from projects.models import Proposal, Shortcoming
from projects.workflow import PROPOSAL
from tests import factories
from tests.reminders.conftest import on

from ..calls.test_calls import rows

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


def test_returned_proposal_is_due_within_ten_working_days(client, cast, proposal):
    with on(date(2026, 12, 14)):
        give_back(client, cast, proposal, *MISSING)
        client.force_login(cast["drafter"])
        shown = client.get(proposal.get_absolute_url()).content.decode()

    assert fresh(proposal).due_on == date(2026, 12, 29)  # Christmas is in between
    assert "2026. 12. 29. (화)" in shown


def test_returned_proposal_is_rejected_only_after_its_deadline(client, cast, proposal):
    with on(date(2026, 12, 14)):
        give_back(client, cast, proposal)
    with on(date(2026, 12, 29)), pytest.raises(NotNow):
        PROPOSAL.perform("reject", fresh(proposal), actor=cast["coordinator"], note="미보완")
    with on(date(2026, 12, 30)):
        PROPOSAL.perform("reject", fresh(proposal), actor=cast["coordinator"], note="미보완")

    assert (fresh(proposal).state, fresh(proposal).due_on) == ("not_selected", None)


def test_coordinator_gives_more_time_with_a_reason(client, cast, proposal):
    with on(date(2026, 12, 14)):
        give_back(client, cast, proposal)
        client.force_login(cast["coordinator"])
        page = f"/proposals/{proposal.pk}/moves/redate/"
        assert client.post(page, {"due_on": "2027-01-08"}).status_code == 422
        sent = {"due_on": "2027-01-08", "note": "지방의회 일정"}
        assert client.post(page, sent).status_code == 302
        shown = client.get(proposal.get_absolute_url()).content.decode()

    assert fresh(proposal).due_on == date(2027, 1, 8)
    assert "2026. 12. 29. (화) → 2027. 1. 8. (금)" in shown
    with on(date(2026, 12, 30)), pytest.raises(NotNow):
        PROPOSAL.perform("reject", fresh(proposal), actor=cast["coordinator"], note="미보완")


def test_shortcomings_do_not_stop_submission_and_end_with_the_next_revision(client, cast, proposal):
    give_back(client, cast, proposal, *MISSING)

    again = PROPOSAL.perform("submit", fresh(proposal), actor=cast["approver"])

    assert fresh(again).open_shortcomings() == []
    assert Shortcoming.objects.count() == 2


def test_second_return_has_its_own_list(client, cast, proposal):
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


def test_list_of_shortcomings_through_the_api(client, cast, proposal):
    client.force_login(cast["coordinator"])

    sent = client.post(
        f"/api/v1/proposals/{proposal.pk}/moves/return/",
        {"note": "보완", "shortcomings": list(MISSING)},
        content_type="application/json",
    )

    assert sent.status_code == 200, sent.json()
    client.force_login(cast["drafter"])
    listed = client.get(f"/api/v1/proposals/{proposal.pk}/").json()["shortcomings"]
    assert listed == [row | {"revision": 1} for row in MISSING]


def test_shortcomings_are_append_only_and_not_empty(client, cast, proposal):
    give_back(client, cast, proposal, *MISSING)
    row = Shortcoming.objects.first()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Shortcoming.objects.update(text="다른 말")
    with pytest.raises(IntegrityError, match="says_something"), transaction.atomic():
        Shortcoming.objects.create(proposal=proposal, revision=row.revision, part="budget", text="")
