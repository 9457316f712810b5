"""The review queue: whose turn it is, the order by deadline, the number of queries."""

from datetime import date

import pytest
from django.test import Client

from projects.models import Conflict, Review
from projects.reviews import queue
from projects.workflow import QUESTION, REVIEW
from tests import factories
from tests.test_lists import queries


@pytest.fixture
def review(cast, call, time_machine):
    time_machine.move_to("2026-11-24T09:00:00+09:00")
    return factories.submitted(cast, call).reviews.get(ministry="MOTIR")


def turns(cast):
    """{person: ministries whose review waits for this person}."""
    found = {}
    for who in cast:
        rows = Review.objects.filter(queue.turns_of(cast[who])).order_by("ministry")
        if names := list(rows.values_list("ministry", flat=True)):
            found[who] = names
    return found


def assign(cast, review, reviewer):
    def write(record):
        record.assigned_to = reviewer

    return REVIEW.perform("assign", review, actor=cast["motir_approver"], change=write)


def test_turn_passes_from_person_to_person(cast, review):
    others = {"mcst_reviewer": ["MCST"]}
    assert turns(cast) == {"motir_reviewer": ["MOTIR"]} | others

    question = factories.question(cast, review)
    assert turns(cast) == {"drafter": ["MOTIR"]} | others

    QUESTION.perform("withdraw", question, actor=cast["motir_reviewer"])
    review.refresh_from_db()
    factories.answer(cast, review, "not_ours", confirm=False)
    assert turns(cast) == {"motir_approver": ["MOTIR"]} | others

    review.refresh_from_db()
    REVIEW.perform("confirm", review, actor=cast["motir_approver"])
    both = {"coordinator": ["MOTIR"], "second_coordinator": ["MOTIR"]}
    assert turns(cast) == both | others


def test_assigned_review_waits_for_its_active_reviewer_only(cast, review):
    colleague = factories.person("colleague", ("reviewer", cast.motir))
    assign(cast, review, colleague)

    assert "motir_reviewer" not in turns(cast)

    type(colleague).objects.filter(pk=colleague.pk).update(is_active=False)
    assert turns(cast)["motir_reviewer"] == ["MOTIR"]


def test_review_never_waits_for_a_person_with_an_interest(cast, review):
    Conflict.objects.create(review=review, person=cast["motir_reviewer"])

    assert "motir_reviewer" not in turns(cast)


def test_queue_is_ordered_by_deadline_and_counts_the_days_while_the_clock_is_stopped(
    cast, call, review, time_machine
):
    """One, due on 8 December, is stopped from 24 November on; another begins on 27 November."""
    factories.question(cast, review)
    time_machine.move_to("2026-11-27T09:00:00+09:00")
    later = factories.submitted(cast, call, title="나중").reviews.get(ministry="MOTIR")
    over = factories.submitted(cast, call, title="끝").reviews.get(ministry="MOTIR")
    factories.answer(cast, over)
    mine = Review.objects.filter(ministry="MOTIR")

    def order():
        return [(row.pk, row.due) for row in queue.by_urgency(mine)]

    assert later.due_on == date(2026, 12, 11)
    assert order() == [(later.pk, date(2026, 12, 11)), (review.pk, date(2026, 12, 11)), (over.pk, None)]  # fmt: skip
    time_machine.move_to("2026-11-26T09:00:00+09:00")
    assert order() == [(review.pk, date(2026, 12, 10)), (later.pk, date(2026, 12, 11)), (over.pk, None)]  # fmt: skip
    time_machine.move_to("2026-12-01T09:00:00+09:00")
    assert order() == [(later.pk, date(2026, 12, 11)), (review.pk, date(2026, 12, 15)), (over.pk, None)]  # fmt: skip


def test_place_in_the_queue_with_the_review_before_and_after(cast, call, review):
    second = factories.submitted(cast, call, title="둘").reviews.get(ministry="MOTIR")
    third = factories.submitted(cast, call, title="셋").reviews.get(ministry="MOTIR")
    reader = cast["motir_reviewer"]

    assert queue.place_in_queue(review, reader) == (1, 3, None, second.pk)
    assert queue.place_in_queue(second, reader) == (2, 3, review.pk, third.pk)
    assert queue.place_in_queue(third, reader) == (3, 3, second.pk, None)

    factories.answer(cast, second, confirm=False)
    assert queue.place_in_queue(second, reader) == (None, 2, None, review.pk)
    assert queue.place_in_queue(second, cast["auditor"]) == (None, 0, None, None)


def page(client, who, address="/reviews/"):
    client.force_login(who)
    return client.get(address)


def listed(answer):
    return [row.review.ministry_id for row in answer.context["rows"]]


def test_list_opens_with_the_queue_of_the_reader(client, cast, review):
    queues = {
        "motir_reviewer": ("turn", ["MOTIR"]),
        "motir_approver": ("ministry", ["MOTIR"]),
        "coordinator": ("", ["MCST", "MOTIR"]),
    }

    for who, (queue_name, ministries) in queues.items():
        answer = page(client, cast[who])
        assert (answer.context["mine"], sorted(listed(answer))) == (queue_name, ministries)
    everything = page(client, cast["motir_reviewer"], "/reviews/?mine=")
    assert sorted(listed(everything)) == ["MCST", "MOTIR"]


def test_empty_queue_shows_a_hint(client, cast, review):
    factories.answer(cast, review)

    text = page(client, cast["motir_reviewer"], "/reviews/?mine=turn").content.decode()

    assert "여기에 기다리는 검토가 없습니다" in text


def test_list_counts_open_questions_and_comments_for_those_who_may_read_them(client, cast, review):
    factories.comment(cast, review)
    factories.question(cast, review)
    seen = {}

    for who in ("motir_approver", "auditor", "coordinator", "mcst_reviewer"):
        answer = page(client, cast[who], "/reviews/?mine=")
        row = next(r.review for r in answer.context["rows"] if r.review.pk == review.pk)
        seen[who] = (row.open_questions, row.open_comments)

    assert seen == {
        "motir_approver": (1, 1),
        "auditor": (1, 1),
        "coordinator": (1, 0),
        "mcst_reviewer": (0, 0),
    }


def test_same_queues_through_the_api(client, cast, review):
    client.force_login(cast["motir_reviewer"])

    def found(queue_name):
        rows = client.get(f"/api/v1/reviews/?mine={queue_name}").json()["results"]
        return sorted(row["ministry"] for row in rows)

    assert (found("turn"), found("ministry"), found("")) == (["MOTIR"], ["MOTIR"], ["MCST", "MOTIR"])  # fmt: skip
    assert client.get("/api/v1/reviews/?mine=x").status_code == 400


def test_queue_costs_the_same_number_of_queries_with_1_and_with_30_reviews(cast, call):
    client = Client()
    client.force_login(cast["motir_reviewer"])

    def add(number):
        asked = factories.submitted(cast, call, title=f"검토 {number}").reviews.get(
            ministry="MOTIR"
        )
        factories.comment(cast, asked)
        factories.questioned(cast, call, title=f"보완 {number}")
        return asked

    def measured():
        pages = ("/reviews/", "/reviews/?mine=ministry", "/api/v1/comments/")
        return [queries(client, each) for each in (*pages, f"/reviews/{first.pk}/read/")]

    first = add(1)
    with_one = measured()
    for number in range(2, 31):
        add(number)

    assert measured() == with_one
