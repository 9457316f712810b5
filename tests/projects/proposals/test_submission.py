"""Screening by the province, completeness check, taking back a submission, selection."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from agreements import workflow as agreements
from foundation.engine.workflow import NotNow
from projects.models import Call, Proposal
from projects.workflow import PROPOSAL
from tests import factories
from tests.together import at_once


def fresh(proposal):
    return Proposal.objects.get(pk=proposal.pk)


def post(client, who, proposal, move, **data):
    client.force_login(who)
    return client.post(f"/proposals/{proposal.pk}/moves/{move}/", data)


def recommend(cast, proposal, place=1):
    def write(record):
        record.province_place = place

    return PROPOSAL.perform("recommend", proposal, actor=cast["province_approver"], change=write)


def checked(cast, call):
    Call.objects.filter(pk=call.pk).update(check_days=3)
    call.refresh_from_db()
    return factories.submitted(cast, call)


# --- the province ---


def test_province_screens_first_if_the_call_says_so(cast, call, time_machine):
    time_machine.move_to("2026-11-24T09:00:00+09:00")
    proposal = factories.screened(cast, call)

    assert (proposal.state, proposal.screened_by) == ("screening", cast.gangwon)
    assert proposal.due_on == date(2026, 12, 1)
    assert not proposal.reviews.exists()

    recommend(cast, proposal)

    assert fresh(proposal).state == "in_review"
    assert proposal.reviews.count() == 2


def test_province_recommends_in_its_own_order_up_to_the_quota(client, cast, call):
    rows = [factories.screened(cast, call, title=f"제안 {n}") for n in range(3)]
    who = cast["province_approver"]

    assert post(client, who, rows[0], "recommend", place="1").status_code == 302
    taken = post(client, who, rows[1], "recommend", place="1")
    assert taken.status_code == 409
    assert post(client, who, rows[1], "recommend", place="2").status_code == 302
    beyond = post(client, who, rows[2], "recommend", place="3")
    assert beyond.status_code == 422
    assert [fresh(row).province_place for row in rows] == [1, 2, None]


def test_place_of_a_withdrawn_proposal_is_free_again(cast, call):
    first = factories.screened(cast, call)
    recommend(cast, first)
    PROPOSAL.perform("withdraw", first, actor=cast["approver"], note="예산 미확보")

    recommend(cast, factories.screened(cast, call, title="다음"))


def test_proposal_that_the_province_does_not_recommend_is_not_selected(cast, call):
    proposal = factories.screened(cast, call)
    with pytest.raises(PermissionDenied):
        PROPOSAL.perform("pass_by", proposal, actor=cast["approver"], note="-")

    PROPOSAL.perform("pass_by", proposal, actor=cast["province_approver"], note="우선순위 낮음")

    assert fresh(proposal).state == "not_selected"


def test_province_without_a_place_recommends_nothing(cast, call):
    proposal = factories.screened(cast, call)
    with pytest.raises(NotNow):
        PROPOSAL.perform("recommend", proposal, actor=cast["province_approver"])
    with pytest.raises(NotNow):
        recommend(cast, proposal, place=3)


def test_new_revision_is_not_screened_again(cast, call):
    proposal = recommend(cast, factories.screened(cast, call))
    PROPOSAL.perform("return", fresh(proposal), actor=cast["coordinator"], note="보완")

    PROPOSAL.perform("submit", fresh(proposal), actor=cast["approver"])

    assert (fresh(proposal).state, fresh(proposal).province_place) == ("in_review", 1)


@pytest.mark.django_db(transaction=True)
def test_two_recommendations_at_the_same_instant_take_two_places(cast, call):
    from projects.selection.forms import RecommendForm  # noqa: PLC0415 -- only here

    rows = [factories.screened(cast, call, title=f"제안 {n}") for n in range(2)]

    def send(row):
        options = {"record": row, "move": PROPOSAL["recommend"], "actor": cast["province_approver"]}
        form = RecommendForm({"place": "1"}, **options)
        assert form.is_valid()
        return form.perform(PROPOSAL)

    outcomes = at_once(*(partial(send, row) for row in rows))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NotNow", "Proposal"]
    assert sorted(filter(None, (fresh(row).province_place for row in rows))) == [1]


# --- completeness ---


def test_coordinator_checks_before_ministries_are_asked(client, cast, call, time_machine):
    time_machine.move_to("2026-11-24T09:00:00+09:00")
    proposal = checked(cast, call)
    assert (proposal.state, proposal.due_on) == ("submitted", date(2026, 11, 27))
    client.force_login(cast["coordinator"])
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert "작성된 항목" in page
    assert f"/proposals/{proposal.pk}/parts/basics/" not in page

    assert post(client, cast["coordinator"], proposal, "accept").status_code == 302

    assert (fresh(proposal).state, fresh(proposal).due_on) == ("in_review", None)
    assert proposal.reviews.count() == 2


def test_coordinator_sends_back_what_is_not_complete(cast, call):
    proposal = checked(cast, call)

    PROPOSAL.perform("return", proposal, actor=cast["coordinator"], note="지방비 확보 서류 누락")
    PROPOSAL.perform("submit", fresh(proposal), actor=cast["approver"])

    assert fresh(proposal).state == "submitted"
    assert not proposal.reviews.exists()


# --- a submission taken back ---


def test_submission_is_taken_back_within_a_day(cast, call, time_machine):
    time_machine.move_to("2026-11-24T09:00:00+09:00")
    proposal = factories.submitted(cast, call)
    time_machine.move_to("2026-11-25T08:59:00+09:00")

    PROPOSAL.perform("take_back", proposal, actor=cast["approver"])

    assert fresh(proposal).state == "draft"
    assert set(proposal.reviews.values_list("state", flat=True)) == {"lapsed"}
    assert fresh(proposal).revisions.count() == 1
    PROPOSAL.perform("submit", fresh(proposal), actor=cast["approver"])
    assert fresh(proposal).revisions.count() == 2


def test_submission_is_not_taken_back_after_a_day(cast, call, time_machine):
    time_machine.move_to("2026-11-24T09:00:00+09:00")
    proposal = factories.submitted(cast, call)
    time_machine.move_to("2026-11-25T09:00:01+09:00")

    with pytest.raises(NotNow):
        PROPOSAL.perform("take_back", proposal, actor=cast["approver"])


def test_submission_is_not_taken_back_once_somebody_works_on_it(cast, call):
    proposal = factories.submitted(cast, call)
    factories.answer(cast, proposal.reviews.first(), confirm=False)

    with pytest.raises(NotNow):
        PROPOSAL.perform("take_back", proposal, actor=cast["approver"])


def test_submission_is_not_taken_back_when_the_call_has_closed(cast, call, time_machine):
    time_machine.move_to("2026-11-24T23:00:00+09:00")
    Call.objects.filter(pk=call.pk).update(closes_on=date(2026, 11, 24))
    call.refresh_from_db()
    proposal = factories.submitted(cast, call)
    time_machine.move_to("2026-11-25T00:01:00+09:00")

    with pytest.raises(NotNow):
        PROPOSAL.perform("take_back", proposal, actor=cast["approver"])


# --- the outcome ---


def reserve(cast, proposal, place=1):
    def write(record):
        record.reserve_place = place

    return PROPOSAL.perform("reserve", proposal, actor=cast["coordinator"], change=write)


def test_reserve_is_promoted_when_another_withdraws(client, cast, call):
    first = factories.selected(cast, call)
    second = reserve(cast, factories.reviewed(cast, call, title="예비"))
    PROPOSAL.perform("withdraw", first, actor=cast["approver"], note="의회 부결")

    no_reason = post(client, cast["coordinator"], second, "promote", lead_ministry="MOTIR")
    assert no_reason.status_code == 422
    sent = post(
        client, cast["coordinator"], second, "promote", lead_ministry="MOTIR", note="1순위 철회"
    )

    assert sent.status_code == 302
    assert (fresh(second).state, fresh(second).reserve_place) == ("selected", None)


def test_no_two_reserves_share_a_place(client, cast, call):
    reserve(cast, factories.reviewed(cast, call))
    other = factories.reviewed(cast, call, title="예비 2")

    assert post(client, cast["coordinator"], other, "reserve", place="1").status_code == 409
    assert post(client, cast["coordinator"], other, "reserve", place="2").status_code == 302


def test_lead_ministry_other_than_the_largest_share_needs_a_reason(client, cast, call):
    proposal = factories.submitted(cast, call)
    factories.answer(
        cast, proposal.reviews.get(ministry="MOTIR"), "changed", amounts={(2027, "national"): 9}
    )
    factories.answer(cast, proposal.reviews.get(ministry="MCST"))

    refused = post(client, cast["coordinator"], proposal, "select", lead_ministry="MOTIR")
    assert refused.status_code == 422
    sent = post(
        client,
        cast["coordinator"],
        proposal,
        "select",
        lead_ministry="MOTIR",
        note="사업의 성격을 고려하여 협의로 정함",
    )

    assert sent.status_code == 302
    assert fresh(proposal).lead_ministry == cast.motir


def test_selected_is_withdrawn_only_before_its_agreement_is_drafted(cast, call):
    proposal = factories.selected(cast, call)
    agreements.draft(proposal, actor=cast["coordinator"])

    with pytest.raises(NotNow):
        PROPOSAL.perform("withdraw", fresh(proposal), actor=cast["approver"], note="철회")


def test_constraints_of_screening_and_selection(cast, call):
    first = recommend(cast, factories.screened(cast, call))
    second = factories.screened(cast, call, title="둘째")
    for rows, name, values in (
        (Proposal.objects.filter(pk=second.pk), "province_place_once", {"province_place": 1}),
        (Proposal.objects.filter(pk=first.pk), "has_a_province", {"screened_by": None}),
        (Proposal.objects.filter(pk=first.pk), "is_of_a_reserve", {"reserve_place": 1}),
        (Call.objects.all(), "call_quota_is_possible", {"screening_days": None}),
        (Call.objects.all(), "call_check_days_are_possible", {"check_days": 0}),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            rows.update(**values)
