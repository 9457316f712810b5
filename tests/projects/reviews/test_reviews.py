"""Reviews: assignment, conflicts of interest, components sent to another ministry, marks."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from foundation.engine.workflow import NotNow
from foundation.models import Event
from foundation.time import clock
from projects.models import Component, Conflict, Mark, Review
from projects.workflow import REVIEW
from tests import factories

from ..calls.test_calls import TERMS, criterion, rows

SEOUL = ZoneInfo("Asia/Seoul")


@pytest.fixture
def review(cast, call):
    return factories.submitted(cast, call).reviews.get(ministry="MOTIR")


def post(client, who, review, move, **data):
    client.force_login(who)
    return client.post(f"/reviews/{review.pk}/moves/{move}/", data)


def fresh(review):
    return Review.objects.get(pk=review.pk)


def declare(cast, review, who="motir_reviewer"):
    def write(record):
        Conflict.objects.create(review=record, person=cast[who])

    return REVIEW.perform("declare", review, actor=cast[who], note="배우자의 사업", parts=write)


# --- silent ---


def test_silence_is_recorded_the_day_after_the_deadline_and_not_on_it(cast, review):
    noon = datetime.combine(review.due_on, time(12), SEOUL)

    with clock.at(noon), pytest.raises(NotNow):
        REVIEW.perform("pass_over", review, actor=cast["coordinator"], note="회신 없음")
    with clock.at(noon + timedelta(days=1)):
        REVIEW.perform("pass_over", review, actor=cast["coordinator"], note="회신 없음")

    assert fresh(review).state == "silent"


# --- assigned ---


def test_approver_assigns_a_reviewer_whose_turn_it_is_then(client, cast, review):
    second = factories.person("second", ("reviewer", cast.motir))

    sent = post(client, cast["motir_approver"], review, "assign", reviewer=second.pk)

    assert sent.status_code == 302
    assert fresh(review).assigned_to == second
    page = client.get(review.get_absolute_url()).content.decode()
    assert "산업통상부, second" in page


def test_who_belongs_to_a_party_is_not_assigned(client, cast, review):
    for name, body in (("from_county", cast.gangneung), ("from_province", cast.gangwon)):
        person = factories.person(name, ("reviewer", cast.motir), ("drafter", body))

        sent = post(client, cast["motir_approver"], review, "assign", reviewer=person.pk)

        assert sent.status_code == 422, name
        with pytest.raises(PermissionDenied):
            REVIEW.perform("answer", review, actor=person)
    assert fresh(review).assigned_to is None


def test_reviewer_of_another_ministry_is_not_assigned(client, cast, review):
    sent = post(client, cast["motir_approver"], review, "assign", reviewer=cast["mcst_reviewer"].pk)

    assert sent.status_code == 422


# --- conflicts of interest ---


def test_reviewer_who_declares_a_conflict_is_excluded(client, cast, review):
    post(client, cast["motir_approver"], review, "assign", reviewer=cast["motir_reviewer"].pk)

    sent = post(client, cast["motir_reviewer"], review, "declare", note="배우자가 참여합니다.")

    assert sent.status_code == 302
    assert fresh(review).assigned_to is None
    assert list(review.conflicts.values_list("person__name", flat=True)) == ["motir_reviewer"]
    with pytest.raises(PermissionDenied):
        factories.answer(cast, review)
    again = post(
        client, cast["motir_approver"], review, "assign", reviewer=cast["motir_reviewer"].pk
    )
    assert again.status_code == 422


def test_answer_prepared_in_a_conflict_does_not_count(cast, review):
    prepared = factories.answer(cast, review, confirm=False)

    declare(cast, prepared)

    assert fresh(review).state == "waiting"
    with pytest.raises(NotNow):
        REVIEW.perform("confirm", review, actor=cast["motir_approver"])


def test_approver_in_a_conflict_confirms_nothing(cast, review):
    prepared = declare(cast, factories.answer(cast, review, confirm=False), "motir_approver")

    assert prepared.state == "answered"
    with pytest.raises(PermissionDenied):
        REVIEW.perform("confirm", prepared, actor=cast["motir_approver"])


def test_conflict_is_read_inside_the_ministry_and_by_auditors(client, cast, review):
    declare(cast, review)

    for who, reads in (("motir_approver", True), ("auditor", True), ("drafter", False)):
        client.force_login(cast[who])
        assert ("배우자의 사업" in client.get(review.get_absolute_url()).content.decode()) == reads


def test_declared_once(cast, review):
    declare(cast, review)

    with pytest.raises(PermissionDenied):
        declare(cast, review)
    with pytest.raises(IntegrityError, match="conflict_declared_once"), transaction.atomic():
        Conflict.objects.create(review=review, person=cast["motir_reviewer"])


# --- not ours ---


def test_component_that_is_disowned_goes_to_another_ministry(client, cast, review):
    proposal = review.proposal
    factories.answer(cast, proposal.reviews.get(ministry="MCST"))
    factories.answer(cast, review, "not_ours")
    proposal.refresh_from_db()
    assert (fresh(review).state, proposal.state) == ("disowned", "in_review")

    sent = post(client, cast["coordinator"], review, "reroute", ministry="MOE")

    assert sent.status_code == 302
    assert fresh(review).state == "rerouted"
    asked = Review.objects.get(ministry="MOE")
    assert (asked.state, asked.component, asked.revision) == (
        "waiting",
        review.component,
        review.revision,
    )
    assert Component.objects.get(pk=review.component_id).ministry_id == "MOE"
    verbs = [e.verb for e in Event.objects.of_trees(proposal).order_by("position")]
    assert verbs[-4:] == ["disown", "reroute", "reroute", "ask"]


def test_disowned_component_is_not_sent_where_it_comes_from(client, cast, review):
    factories.answer(cast, review, "not_ours")

    sent = post(client, cast["coordinator"], review, "reroute", ministry="MOTIR")

    assert sent.status_code == 422
    assert Review.objects.count() == 2


def test_coordinator_asks_the_same_ministry_again(cast, review, time_machine):
    factories.answer(cast, review, "not_ours")
    time_machine.move_to("2026-12-01T09:00:00+09:00")

    REVIEW.perform("ask_again", review, actor=cast["coordinator"], note="소관이 맞습니다.")

    again = fresh(review)
    assert (again.state, again.decided_by, again.due_on) == ("waiting", None, date(2026, 12, 15))
    factories.answer(cast, again)


def test_coordinator_goes_on_without_any_ministry(cast, review):
    proposal = review.proposal
    factories.answer(cast, proposal.reviews.get(ministry="MCST"))
    factories.answer(cast, review, "not_ours")

    REVIEW.perform("pass_over", review, actor=cast["coordinator"], note="소관 부처 없음")

    proposal.refresh_from_db()
    assert proposal.state == "reviewed"


# --- marks ---


def test_marks_are_written_with_the_answer(client, cast, call):
    first, second = factories.criteria(call, 60, 40)
    review = factories.submitted(cast, call).reviews.get(ministry="MOTIR")
    data = {"answer": "accept", "reason": "타당함", f"points_{first.pk}": "80"}

    missing = post(client, cast["motir_reviewer"], review, "answer", **data)
    assert missing.status_code == 422
    assert "0부터 100까지" in missing.content.decode()
    for wrong in ("101", "-1", "8.5", "많음"):
        answer = post(
            client,
            cast["motir_reviewer"],
            review,
            "answer",
            **data | {f"points_{second.pk}": wrong},
        )
        assert answer.status_code == 422, wrong

    found = {f"points_{second.pk}": "55", f"finding_{second.pk}": "효과가 작음"}
    assert post(client, cast["motir_reviewer"], review, "answer", **data | found).status_code == 302
    assert list(review.marks.order_by("pk").values_list("points", "finding")) == [
        (80, ""),
        (55, "효과가 작음"),
    ]
    page = client.get(review.get_absolute_url()).content.decode()
    assert "100점 만점에 70.00점" in page  # 80 × 60 % + 55 × 40 %


def test_answer_without_all_marks_is_not_confirmed(cast, call):
    factories.criteria(call, 60, 40)
    review = factories.submitted(cast, call).reviews.get(ministry="MOTIR")
    prepared = factories.answer(cast, review, points=(80,), confirm=False)

    with pytest.raises(NotNow):
        REVIEW.perform("confirm", prepared, actor=cast["motir_approver"])


def test_who_disowns_marks_nothing(cast, call):
    factories.criteria(call, 100)
    review = factories.submitted(cast, call).reviews.get(ministry="MOTIR")

    assert factories.answer(cast, review, "not_ours").state == "disowned"


def test_mark_constraints(cast, call):
    factories.criteria(call, 100)
    review = factories.submitted(cast, call).reviews.get(ministry="MOTIR")
    factories.answer(cast, review, points=(80,))
    with pytest.raises(IntegrityError, match="mark_points_are_possible"), transaction.atomic():
        Mark.objects.update(points=101)
    twin = Mark.objects.get()
    twin.pk = None
    with pytest.raises(IntegrityError, match="mark_once"), transaction.atomic():
        twin.save()


def test_criteria_cannot_be_changed_once_ministries_review_by_them(client, cast, call):
    factories.submitted(cast, call)
    client.force_login(cast["coordinator"])

    sent = client.post(
        f"/calls/{call.pk}/moves/amend/",
        TERMS | rows("criteria", criterion("타당성", 100)) | {"note": "기준 추가"},
    )

    assert sent.status_code == 422
    assert "검토하고 있" in sent.content.decode()


# --- who reads the answers of others ---


@pytest.mark.parametrize("apart", [False, True])
def test_other_ministry_reads_an_answer_only_after_its_own_if_the_call_says_so(cast, call, apart):
    type(call).objects.update(reviews_apart=apart)
    proposal = factories.submitted(cast, call)
    motir, mcst = proposal.reviews.get(ministry="MOTIR"), proposal.reviews.get(ministry="MCST")
    factories.answer(cast, motir)

    assert fresh(motir).shows_answer_to(cast["mcst_reviewer"]) == (not apart)
    assert fresh(motir).shows_answer_to(cast["drafter"])
    assert fresh(motir).shows_answer_to(cast["coordinator"])

    factories.answer(cast, mcst)
    assert fresh(motir).shows_answer_to(cast["mcst_reviewer"])


def test_amounts_kept_apart_are_on_no_other_page(client, cast, call):
    type(call).objects.update(reviews_apart=True)
    proposal = factories.submitted(cast, call)
    amounts = {(2027, "national"): 424_242}
    factories.answer(cast, proposal.reviews.get(ministry="MOTIR"), "changed", amounts=amounts)

    for who, reads in (("mcst_reviewer", False), ("coordinator", True)):
        client.force_login(cast[who])
        for address in (
            proposal.get_absolute_url(),
            proposal.reviews.get(ministry="MOTIR").get_absolute_url(),
            f"/api/v1/proposals/{proposal.pk}/",
            "/api/v1/reviews/",
        ):
            page = client.get(address).content.decode().replace(",", "")
            assert ("424242" in page) == reads, (who, address)
