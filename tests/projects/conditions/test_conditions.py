"""Conditions of ministries: imposed with the answer, met one by one, settled before agreement."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from agreements import workflow as agreements
from foundation.engine.workflow import NotNow
from projects.models import Condition, Proposal, Review
from projects.workflow import CONDITION, PROPOSAL, REVIEW
from reminders.work.my_work import work_of
from tests import factories

from ..calls.test_calls import rows


@pytest.fixture
def proposal(cast, call, time_machine):
    time_machine.move_to("2026-11-24T09:00:00+09:00")
    return factories.conditioned(cast, call)


@pytest.fixture
def condition(proposal):
    return proposal.conditions.get()


def fresh(condition):
    return Condition.objects.get(pk=condition.pk)


def waiting_review(cast, call):
    return factories.submitted(cast, call).reviews.get(ministry="MOTIR")


def a_condition(**values):
    return {
        "text": "부지를 확보할 것",
        "owner": "gangwon-gangneung",
        "due_on": "2099-12-31",
    } | values


def send(client, who, address, data):
    client.force_login(who)
    return client.post(address, data)


def answer(client, cast, review, *conditions, kind="conditions"):
    data = {"answer": kind, "reason": "타당함"} | rows("conditions", *conditions)
    return send(client, cast["motir_reviewer"], f"/reviews/{review.pk}/moves/answer/", data)


# --- written with the answer ---


def test_conditions_are_rows_of_the_answer_until_it_is_confirmed(client, cast, call):
    review = waiting_review(cast, call)

    sent = answer(client, cast, review, a_condition(), a_condition(text="운영비", owner="gangwon"))

    assert sent.status_code == 302
    assert list(review.conditions.order_by("pk").values_list("owner", "state")) == [
        ("gangwon-gangneung", ""),
        ("gangwon", ""),
    ]
    assert "부지를 확보할 것" in client.get(review.get_absolute_url()).content.decode()
    client.force_login(cast["drafter"])
    prepared = review.conditions.first()
    assert client.get(prepared.get_absolute_url()).status_code == 404
    assert client.get("/api/v1/conditions/").json()["results"] == []
    assert "부지를 확보할 것" not in client.get(review.get_absolute_url()).content.decode()


def test_confirmed_answer_imposes_its_conditions(proposal, condition):
    assert (condition.state, condition.imposed_on) == ("open", date(2026, 11, 24))
    assert proposal.state == "reviewed"


def test_answer_written_again_replaces_its_conditions(client, cast, call):
    review = waiting_review(cast, call)
    answer(client, cast, review, a_condition(), a_condition(text="둘째"))
    second = review.conditions.get(text="둘째")

    answer(client, cast, review, a_condition(id=second.pk, text="둘째, 고침"))
    assert list(review.conditions.values_list("pk", "text")) == [(second.pk, "둘째, 고침")]

    answer(client, cast, review, kind="accept")
    assert not review.conditions.exists()


@pytest.mark.parametrize(
    ("kind", "wrong", "words"),
    [
        ("conditions", [], "조건을 하나 이상"),
        ("conditions", [a_condition(text=" ")], "조건"),
        ("conditions", [a_condition(owner="MOTIR")], "MOTIR"),
        ("conditions", [a_condition(due_on="2020-01-01")], "오늘이나 그 뒤"),
        ("accept", [a_condition()], "조건은 “조건부 수용”"),
        ("decline", [a_condition()], "조건은 “조건부 수용”"),
    ],
)
def test_wrong_conditions_are_refused_and_kept(client, cast, call, kind, wrong, words):
    review = waiting_review(cast, call)

    sent = answer(client, cast, review, *wrong, kind=kind)

    assert sent.status_code == 422
    assert words in sent.content.decode()
    assert not review.conditions.exists()


def test_changed_amounts_may_have_conditions(client, cast, call):
    review = waiting_review(cast, call)
    data = {"answer": "changed", "reason": "감액", "won_2027_national": "5"}

    sent = send(
        client,
        cast["motir_reviewer"],
        f"/reviews/{review.pk}/moves/answer/",
        data | rows("conditions", a_condition()),
    )

    assert sent.status_code == 302
    assert review.conditions.count() == 1


def test_answer_on_conditions_without_any_is_not_confirmed(cast, call):
    review = waiting_review(cast, call)
    prepared = factories.answer(cast, review, "conditions", confirm=False)
    review.conditions.all().delete()

    with pytest.raises(NotNow):
        REVIEW.perform("confirm", prepared, actor=cast["motir_approver"])


@pytest.mark.parametrize("wrong", [{"due_on": date(2026, 1, 1)}, {"owner": "MOE"}])
def test_condition_that_nobody_can_meet_is_not_imposed(cast, call, wrong):
    review = waiting_review(cast, call)
    prepared = factories.answer(cast, review, "conditions", confirm=False)
    review.conditions.update(**wrong)

    with pytest.raises(NotNow):
        REVIEW.perform("confirm", prepared, actor=cast["motir_approver"])


def test_conditions_through_the_api(client, cast, call):
    review = waiting_review(cast, call)
    client.force_login(cast["motir_reviewer"])
    address = f"/api/v1/reviews/{review.pk}/moves/answer/"
    data = {"answer": "conditions", "reason": "타당함", "conditions": [a_condition()]}

    sent = client.post(address, data, content_type="application/json")

    assert sent.status_code == 200, sent.json()
    assert [row["text"] for row in sent.json()["conditions"]] == ["부지를 확보할 것"]
    kept = client.post(
        address, {"answer": "conditions", "reason": "고침"}, content_type="application/json"
    )
    assert [row["text"] for row in kept.json()["conditions"]] == ["부지를 확보할 것"]


# --- met, one by one ---


def test_condition_is_answered_and_settled_through_the_pages(client, cast, proposal, condition):
    address = condition.get_absolute_url()
    client.force_login(cast["drafter"])
    assert "1건 중 0건" in client.get(proposal.get_absolute_url()).content.decode()
    empty = client.post(f"{address}moves/fulfil/", {"answer": " "})
    assert empty.status_code == 422

    done = client.post(f"{address}moves/fulfil/", {"answer": "부지를 매입하였습니다."})

    assert done["Location"] == address
    assert fresh(condition).check_due_on == date(2026, 12, 1)
    client.force_login(cast["motir_reviewer"])
    page = client.get(address).content.decode()
    assert "부지를 매입하였습니다." in page
    assert "담당: 산업통상부" in page
    client.post(f"{address}moves/settle/", {})
    assert (fresh(condition).state, fresh(condition).decided_by) == ("met", cast["motir_reviewer"])
    assert "1건 중 1건" in client.get(proposal.get_absolute_url()).content.decode()


def test_paper_of_the_proposal_proves_it(client, cast, proposal, condition):
    papers = {
        "name": "등기.pdf", "file": "x", "media_type": "application/pdf", "size": 1, "kind": "land",
        "sha256": "ab" * 32, "added_by": cast["drafter"], "added_at": "2026-11-24T00:00Z",
    }  # fmt: skip
    mine = proposal.attachments.create(**papers)
    other = factories.proposal(cast, proposal.call, title="다른 것").attachments.create(**papers)
    address = f"{condition.get_absolute_url()}moves/fulfil/"

    refused = send(client, cast["drafter"], address, {"answer": "증빙", "paper": other.pk})
    assert refused.status_code == 422
    assert send(client, cast["drafter"], address, {"answer": "증빙", "paper": mine.pk})["Location"]

    assert fresh(condition).paper == mine
    assert "등기.pdf" in client.get(condition.get_absolute_url()).content.decode()


def test_condition_is_not_answered_while_ministries_still_review(cast, call):
    review = waiting_review(cast, call)
    factories.answer(cast, review, "conditions")

    with pytest.raises(NotNow):
        factories.fulfil(cast, review.conditions.get())


def test_what_does_not_convince_is_sent_back(cast, condition):
    answered = factories.fulfil(cast, condition)
    with pytest.raises(NotNow):
        CONDITION.perform("send_back", answered, actor=cast["motir_reviewer"])

    back = CONDITION.perform(
        "send_back", answered, actor=cast["motir_reviewer"], note="등기부가 없음"
    )

    assert back.state == "open"
    again = factories.fulfil(cast, back, "등기부를 첨부함")
    assert CONDITION.perform("settle", again, actor=cast["motir_approver"]).state == "met"


def test_only_the_owner_answers_and_only_the_ministry_settles(cast, condition):
    for who in ("approver", "hongseong_drafter", "motir_reviewer", "coordinator"):
        with pytest.raises(PermissionDenied):
            CONDITION.perform("fulfil", condition, actor=cast[who])
    answered = factories.fulfil(cast, condition)
    for who in ("drafter", "mcst_reviewer", "coordinator", "budget"):
        with pytest.raises(PermissionDenied):
            CONDITION.perform("settle", answered, actor=cast[who])


def test_coordinator_or_approver_waives_with_a_reason(cast, condition):
    with pytest.raises(PermissionDenied):
        CONDITION.perform("waive", condition, actor=cast["motir_reviewer"], note="불필요")
    with pytest.raises(NotNow):
        CONDITION.perform("waive", condition, actor=cast["coordinator"])

    assert (
        CONDITION.perform("waive", condition, actor=cast["coordinator"], note="불필요").is_unsettled
        is False
    )


def test_nobody_settles_what_they_answered(cast, condition):
    factories.hold(cast["drafter"], "reviewer", cast.motir)
    answered = factories.fulfil(cast, condition)
    both = type(cast["drafter"]).objects.get(pk=cast["drafter"].pk)

    for move in ("settle", "waive", "send_back"):
        with pytest.raises(PermissionDenied):
            CONDITION.perform(move, answered, actor=both, note="사유")


def test_who_declared_a_conflict_settles_nothing(cast, condition):
    condition.review.conflicts.create(person=cast["motir_reviewer"])
    answered = factories.fulfil(cast, condition)

    with pytest.raises(PermissionDenied):
        CONDITION.perform("settle", answered, actor=cast["motir_reviewer"])


@pytest.mark.parametrize(
    ("move", "who"),
    [("return", "coordinator"), ("reject", "coordinator"), ("withdraw", "approver")],
)
def test_conditions_end_with_the_proposal(cast, proposal, condition, move, who):
    PROPOSAL.perform(move, proposal, actor=cast[who], note="사유")

    assert fresh(condition).state == "lapsed"


def test_condition_is_read_by_who_is_concerned(client, cast, condition):
    seen = {}
    for who in ("drafter", "motir_finance", "coordinator", "auditor", "mcst_reviewer", "nobody"):
        client.force_login(cast[who])
        seen[who] = client.get(condition.get_absolute_url()).status_code

    assert seen == {
        "drafter": 200,
        "motir_finance": 200,
        "coordinator": 200,
        "auditor": 200,
        "mcst_reviewer": 404,
        "nobody": 404,
    }


def test_list_is_narrowed_by_state_and_words(client, cast, condition):
    client.force_login(cast["drafter"])

    def shown(query):
        return condition.text in client.get(f"/conditions/{query}").content.decode()

    assert shown("?state=open&text=부지")
    assert not shown("?state=met")
    assert not shown("?text=없는말")


# --- whose turn it is ---


def turns(cast, who):
    person = type(cast[who]).objects.get(pk=cast[who].pk)
    groups, _more = work_of(person, date(2026, 11, 24))
    return {item.kind.name for items in groups.values() for item in items}


def test_work_lists_follow_the_condition(cast, condition):
    assert "condition" in turns(cast, "drafter")
    assert "settle" not in turns(cast, "motir_reviewer")

    factories.fulfil(cast, condition)

    assert "condition" not in turns(cast, "drafter")
    assert "settle" in turns(cast, "motir_reviewer")
    assert "settle" not in turns(cast, "mcst_reviewer")


# --- before the agreement ---


def select(cast, proposal):
    return PROPOSAL.perform("select", proposal, actor=cast["coordinator"], lead_ministry=cast.motir)


def test_no_agreement_is_drafted_while_a_condition_is_unsettled(client, cast, proposal, condition):
    chosen = select(cast, proposal)
    client.force_login(cast["coordinator"])
    assert "to_draft" not in turns(cast, "coordinator")

    refused = client.post(f"/proposals/{proposal.pk}/agreement/")
    assert refused.status_code == 409
    assert condition.get_absolute_url() in refused.content.decode()
    by_program = client.post(
        "/api/v1/agreements/", {"proposal": proposal.pk}, content_type="application/json"
    )
    assert by_program.json()["missing"][0]["place"] == condition.get_absolute_url()

    factories.fulfil(cast, condition)
    with pytest.raises(NotNow):
        agreements.draft(chosen, actor=cast["coordinator"])
    CONDITION.perform("settle", condition, actor=cast["motir_reviewer"])
    assert "to_draft" in turns(cast, "coordinator")
    assert agreements.draft(chosen, actor=cast["coordinator"]).state == "drafting"


# --- what the database refuses ---


def test_condition_constraints(cast, condition):
    rows_ = Condition.objects.filter(pk=condition.pk)
    answered = {"answer": "x", "answered_by": cast["drafter"], "check_due_on": date(2027, 1, 1)}
    for name, values in (
        ("condition_says_something", {"text": ""}),
        ("condition_answered_has_an_answer", answered | {"state": "answered", "answer": ""}),
        ("condition_is_settled_by_somebody", answered | {"state": "met"}),
        ("condition_four_eyes", answered | {"state": "met", "decided_by": cast["drafter"]}),
        ("condition_is_imposed_on_a_day", {"imposed_on": None}),
        ("condition_keeps_its_first_day", {"first_due_on": None}),
        ("condition_is_checked_by_a_day", answered | {"state": "answered", "check_due_on": None}),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            rows_.update(**values)


def test_history_of_the_answer_holds_the_conditions(proposal, condition):
    review = Review.objects.get(pk=condition.review_id)

    assert review.content()["conditions"] == [condition.terms()]
    assert Proposal.objects.get(pk=proposal.pk).state == "reviewed"
