"""Questions of ministries (보완 요청): asked, answered; the deadline is stopped meanwhile."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from foundation.engine.workflow import NotNow
from projects.models import Question, Review
from projects.workflow import PROPOSAL, QUESTION, REVIEW
from tests import factories


@pytest.fixture
def review(cast, call, time_machine):
    time_machine.move_to("2026-11-24T09:00:00+09:00")
    return factories.submitted(cast, call).reviews.get(ministry="MOTIR")


def fresh(review):
    return Review.objects.get(pk=review.pk)


def reply(cast, question, text="별지와 같습니다."):
    def write(record):
        record.answer = text

    return QUESTION.perform("answer", question, actor=cast["drafter"], change=write)


def test_question_is_asked_and_answered_through_the_pages(client, cast, review):
    client.force_login(cast["motir_reviewer"])
    line = review.component.lines.get(fiscal_year=2027, source="national")
    cell = f"cell-{review.component_id}-{line.fiscal_year}-{line.source}"
    sent = client.post(
        f"/reviews/{review.pk}/questions/new/",
        {"about": cell, "text": "산출 근거는 무엇입니까?", "due_on": "2026-12-01"},
    )
    question = Question.objects.get()
    assert sent["Location"] == question.get_absolute_url()
    assert "2027 · 국비" in client.get(question.get_absolute_url()).content.decode()
    assert "멈춰" in client.get(review.get_absolute_url()).content.decode()

    client.force_login(cast["drafter"])
    assert "산출 근거" in client.get(review.proposal.get_absolute_url()).content.decode()
    empty = client.post(f"/questions/{question.pk}/moves/answer/", {"answer": " "})
    assert empty.status_code == 422
    done = client.post(f"/questions/{question.pk}/moves/answer/", {"answer": "별지 3과 같습니다."})
    assert done.status_code == 302

    client.force_login(cast["motir_reviewer"])
    assert "별지 3과 같습니다." in client.get(question.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"about": "cell-1-2027-national\x00"},
        {"about": "part-nothing"},
        {"text": " "},
        {"due_on": "2026-11-23"},
        {"due_on": "tomorrow"},
    ],
)
def test_wrong_question_is_refused_at_its_place(client, cast, review, wrong):
    client.force_login(cast["motir_reviewer"])
    good = {"about": f"component-{review.component_id}", "text": "?", "due_on": "2026-12-01"}

    sent = client.post(f"/reviews/{review.pk}/questions/new/", good | wrong)

    assert sent.status_code == 422
    assert not Question.objects.exists()


def test_question_about_a_component_of_another_proposal_is_refused(client, cast, call, review):
    other = factories.complete_proposal(cast, call, title="다른 것").components.first()
    client.force_login(cast["motir_reviewer"])

    sent = client.post(
        f"/reviews/{review.pk}/questions/new/",
        {"about": f"component-{other.pk}", "text": "?", "due_on": "2026-12-01"},
    )

    assert sent.status_code == 422


def test_deadline_is_stopped_while_a_question_is_open(cast, review, time_machine):
    """Due on 8 December; asked on 26 November, answered on 1 December: 3 working days are added."""
    assert review.due_on == date(2026, 12, 8)
    time_machine.move_to("2026-11-26T10:00:00+09:00")
    question = factories.question(cast, review)
    assert fresh(review).stopped_on == date(2026, 11, 26)
    time_machine.move_to("2026-12-01T10:00:00+09:00")

    reply(cast, question)

    again = fresh(review)
    assert (again.stopped_on, again.due_on) == (None, date(2026, 12, 11))


def test_deadline_runs_again_after_the_last_of_several_questions(cast, review, time_machine):
    first, second = factories.question(cast, review), factories.question(cast, review)
    time_machine.move_to("2026-11-25T10:00:00+09:00")
    reply(cast, first)
    assert fresh(review).stopped_on == date(2026, 11, 24)
    time_machine.move_to("2026-11-27T10:00:00+09:00")

    QUESTION.perform("withdraw", second, actor=cast["motir_reviewer"])

    assert (fresh(review).stopped_on, fresh(review).due_on) == (None, date(2026, 12, 11))


def test_ministry_that_waits_for_an_answer_is_not_passed_over(cast, review, time_machine):
    question = factories.question(cast, review)
    time_machine.move_to("2027-01-20T09:00:00+09:00")
    with pytest.raises(NotNow):
        REVIEW.perform("pass_over", review, actor=cast["coordinator"], note="회신 없음")

    QUESTION.perform("withdraw", question, actor=cast["motir_reviewer"])
    with pytest.raises(NotNow):  # all its days are added again
        REVIEW.perform("pass_over", review, actor=cast["coordinator"], note="회신 없음")


def test_open_questions_are_withdrawn_once_the_ministry_answered(cast, review):
    question = factories.question(cast, review)

    factories.answer(cast, review)

    question.refresh_from_db()
    assert question.state == "withdrawn"
    with pytest.raises(NotNow):
        factories.question(cast, fresh(review))


def test_open_questions_are_withdrawn_when_the_proposal_is_returned(cast, review):
    question = factories.question(cast, review)

    PROPOSAL.perform("return", review.proposal, actor=cast["coordinator"], note="보완")

    question.refresh_from_db()
    assert (question.state, fresh(review).state) == ("withdrawn", "lapsed")


def test_only_the_applicant_answers_and_only_the_ministry_withdraws(cast, review):
    question = factories.question(cast, review)
    for who in ("hongseong_drafter", "motir_reviewer", "approver", "coordinator"):
        with pytest.raises(PermissionDenied):
            QUESTION.perform("answer", question, actor=cast[who])
    for who in ("mcst_reviewer", "drafter", "coordinator"):
        with pytest.raises(PermissionDenied):
            QUESTION.perform("withdraw", question, actor=cast[who])


def test_question_is_read_by_who_is_concerned(client, cast, review):
    question = factories.question(cast, review)
    seen = {}
    for who in ("drafter", "motir_finance", "coordinator", "auditor", "mcst_reviewer", "nobody"):
        client.force_login(cast[who])
        seen[who] = client.get(question.get_absolute_url()).status_code
    assert seen == {
        "drafter": 200,
        "motir_finance": 200,
        "coordinator": 200,
        "auditor": 200,
        "mcst_reviewer": 404,
        "nobody": 404,
    }


def test_question_constraints(cast, review):
    question = factories.question(cast, review)
    rows = Question.objects.filter(pk=question.pk)
    with pytest.raises(IntegrityError, match="answered_has_an_answer"), transaction.atomic():
        rows.update(state="answered")
    with pytest.raises(IntegrityError, match="due_after_it_is_asked"), transaction.atomic():
        rows.update(due_on=date(2020, 1, 1))


def test_questions_through_the_api(client, cast, review):
    client.force_login(cast["motir_reviewer"])
    asked = client.post(
        f"/api/v1/reviews/{review.pk}/questions/",
        {"about": f"component-{review.component_id}", "text": "왜?", "due_on": "2026-12-01"},
        content_type="application/json",
    )
    assert asked.status_code == 201, asked.json()
    client.force_login(cast["drafter"])
    listed = client.get("/api/v1/questions/").json()["results"]
    assert [(q["id"], q["moves"]) for q in listed] == [(asked.json()["id"], ["answer"])]

    done = client.post(
        f"/api/v1/questions/{asked.json()['id']}/moves/answer/",
        {"answer": "그래서입니다."},
        content_type="application/json",
    )

    assert (done.status_code, done.json()["state"]) == (200, "answered")
