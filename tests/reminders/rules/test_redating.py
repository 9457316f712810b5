"""Changing a due day, with a reason; reminders follow the new day."""

from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from disbursements.workflow import TRANCHE
from foundation.engine.workflow import NotNow
from foundation.models import Event
from projects.models import Review
from projects.workflow import CONDITION, REVIEW, SESSION
from reminders.models import Notice
from reminders.outbox.notices import write_notices
from tests import factories
from tests.disbursements import acts

from ..conftest import on

LATER = date(2026, 12, 21)


@pytest.fixture
def review(cast, call, tuesday):
    return factories.submitted(cast, call).reviews.get(ministry="MOTIR")


def send(client, who, record, kind, **sent):
    client.force_login(who)
    sent = {"note": "국회 일정으로 연기", "due_on": str(LATER), "seen": record.moves_made} | sent
    return client.post(f"/{kind}/{record.pk}/moves/redate/", sent)


@pytest.fixture
def condition(cast, call, tuesday):
    return factories.conditioned(cast, call).conditions.get()


@pytest.fixture
def session(cast, call, tuesday):
    proposal = factories.reviewed(cast, call)
    return factories.session(cast, call, proposal, held_on=date(2026, 12, 3))


def test_coordinator_sets_another_day_for_a_review(client, cast, review):
    sent = send(client, cast["coordinator"], review, "reviews")

    review.refresh_from_db()
    event = Event.objects.of(review).get(verb="redate")
    assert (sent.status_code, review.due_on, review.state) == (302, LATER, "waiting")
    assert (event.note, event.data["due_on"]) == ("국회 일정으로 연기", "2026-12-21")
    assert Event.objects.of(review).get(verb="ask").data["due_on"] == "2026-12-08"


def test_history_names_the_day_before_and_the_new_one(client, cast, review, session):
    send(client, cast["coordinator"], review, "reviews")
    send(client, cast["coordinator"], session, "sessions", held_on=str(LATER))

    for record, before in ((review, "2026. 12. 8. (화)"), (session, "2026. 12. 3. (목)")):
        page = client.get(record.get_absolute_url()).content.decode()
        assert f"<p>{before} → 2026. 12. 21. (월)</p>" in page


def test_reminders_follow_the_new_day(client, cast, review):
    with on(date(2026, 12, 8)) as today:
        write_notices(today)
        send(client, cast["coordinator"], review, "reviews")
    with on(date(2026, 12, 9)) as today:
        write_notices(today)
    with on(LATER) as today:
        write_notices(today)

    sent = Notice.objects.filter(person=cast["motir_reviewer"]).order_by("pk")
    assert list(sent.values_list("stage", "due_on")) == [
        ("today", date(2026, 12, 8)),
        ("today", LATER),
    ]


@pytest.mark.parametrize(
    "who", ["motir_reviewer", "motir_approver", "drafter", "auditor", "budget"]
)
def test_nobody_else_sets_the_day_of_a_review(cast, review, who):
    with pytest.raises(PermissionDenied):
        REVIEW.perform("redate", review, actor=cast[who], note="x")


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2027, 11, 26)])
def test_move_itself_refuses_a_day_that_has_passed_or_is_years_ahead(cast, review, day):
    with on(date(2026, 11, 24)), pytest.raises(NotNow):
        REVIEW.perform("redate", review, actor=cast["coordinator"], note="x", due_on=day)


def test_day_is_not_changed_while_a_question_is_open(cast, call, tuesday):
    review = factories.questioned(cast, call).reviews.get(ministry="MOTIR")

    with pytest.raises(NotNow, match="답변"):
        REVIEW.perform("redate", review, actor=cast["coordinator"], note="x")


@pytest.mark.parametrize("day", ["2026-11-23", "2026-12-08", "2027-11-26", "", "x", "9999-12-31"])
def test_invalid_day_is_reported_at_the_field(client, cast, review, day):
    page = send(client, cast["coordinator"], review, "reviews", due_on=day)

    assert page.status_code == 422
    assert "due_on" in page.context["form"].errors
    assert "국회 일정으로 연기" in page.content.decode()


def test_day_is_not_set_without_a_reason(client, cast, review):
    assert send(client, cast["coordinator"], review, "reviews", note=" ").status_code == 422


def test_many_reviews_get_one_day(client, cast, review):
    client.force_login(cast["coordinator"])
    rows = [f"{r.pk}:{r.moves_made}" for r in Review.objects.order_by("pk")]
    sent = {"move": "redate", "row": rows, "due_on": str(LATER), "note": "연기"}

    client.post("/reviews/bulk/", sent)

    assert set(Review.objects.values_list("due_on", flat=True)) == {LATER}


def test_payer_sets_another_day_for_a_tranche(client, cast, call, tuesday):
    factories.in_force(cast, call)
    tranche = acts.granted(cast, acts.vote(cast, acts.line(), 1_000_000), 500_000)

    sent = send(client, cast["motir_payer"], tranche, "tranches")

    tranche.refresh_from_db()
    assert (sent.status_code, tranche.due_on, tranche.state) == (302, LATER, "granted")
    for who in ("finance", "mcst_payer", "coordinator", "motir_approver"):
        with pytest.raises(PermissionDenied):
            TRANCHE.perform("redate", tranche, actor=cast[who], note="x")


@pytest.mark.parametrize("who", ["motir_approver", "coordinator"])
def test_who_may_waive_a_condition_sets_another_day_for_it(client, cast, condition, who):
    first = condition.due_on

    sent = send(client, cast[who], condition, "conditions")

    condition.refresh_from_db()
    event = Event.objects.of(condition).get(verb="redate")
    assert (sent.status_code, condition.due_on, condition.state) == (302, LATER, "open")
    assert (event.note, event.data["due_on"]) == ("국회 일정으로 연기", "2026-12-21")
    assert condition.first_due_on == first
    page = client.get(condition.get_absolute_url()).content.decode()
    assert f"당초 {first.year}. {first.month}. {first.day}." in page


def test_what_the_ministry_confirmed_stays(client, cast, condition):
    confirmed = condition.review.content()

    send(client, cast["coordinator"], condition, "conditions")

    assert Review.objects.get(pk=condition.review_id).content() == confirmed
    call_command("verify_history", stdout=StringIO())


@pytest.mark.parametrize(
    "who", ["drafter", "approver", "motir_reviewer", "mcst_approver", "budget"]
)
def test_nobody_else_sets_the_day_of_a_condition(cast, condition, who):
    with pytest.raises(PermissionDenied):
        CONDITION.perform("redate", condition, actor=cast[who], note="x")


def test_day_of_an_answered_condition_is_the_ministrys(cast, condition):
    answered = factories.fulfil(cast, condition)

    with pytest.raises(NotNow):
        CONDITION.perform("redate", answered, actor=cast["coordinator"], note="x")


def test_reminders_follow_the_new_day_of_a_condition(client, cast, condition):
    send(client, cast["coordinator"], condition, "conditions")
    with on(LATER) as today:
        write_notices(today)

    sent = Notice.objects.filter(person=cast["drafter"], kind="condition")
    assert list(sent.values_list("stage", "due_on")) == [("today", LATER)]


def test_coordinator_sets_another_day_for_a_session(client, cast, session):
    sent = send(client, cast["coordinator"], session, "sessions", held_on="2026-12-10")

    session.refresh_from_db()
    event = Event.objects.of(session).get(verb="redate")
    assert (sent.status_code, session.held_on, session.state) == (
        302,
        date(2026, 12, 10),
        "planned",
    )
    assert (event.note, event.data["held_on"]) == ("국회 일정으로 연기", "2026-12-10")
    assert Event.objects.of(session).get(verb="plan").data["held_on"] == "2026-12-03"


def test_session_may_have_been_held_before_its_day(client, cast, session):
    assert send(client, cast["coordinator"], session, "sessions", held_on="2026-11-20")["Location"]
    session.refresh_from_db()

    assert factories.record_session(cast, session).state == "held"


@pytest.mark.parametrize("day", ["2025-11-22", "2027-11-26", "2026-12-03", "", "x"])
def test_invalid_day_of_a_session_is_reported_at_the_field(client, cast, session, day):
    page = send(client, cast["coordinator"], session, "sessions", held_on=day)

    assert page.status_code == 422
    assert "held_on" in page.context["form"].errors


def test_day_of_a_session_is_not_set_without_a_reason(cast, session):
    with pytest.raises(NotNow, match="사유"):
        SESSION.perform("redate", session, actor=cast["coordinator"], note=" ")


def test_day_of_a_session_is_set_by_program(client, cast, session):
    client.force_login(cast["coordinator"])
    address = f"/api/v1/sessions/{session.pk}/moves/redate/"
    sent = {"held_on": "2026-12-10", "note": "위원장 일정"}

    assert client.post(address, sent, content_type="application/json").status_code == 200
    assert client.get(f"/api/v1/sessions/{session.pk}/").json()["held_on"] == "2026-12-10"


@pytest.mark.parametrize("day", [date(2025, 11, 22), date(2027, 11, 26)])
def test_move_itself_refuses_a_session_years_away(cast, call, day):
    session = factories.session(cast, call, held_on=date(2026, 12, 1))

    with on(date(2026, 11, 24)), pytest.raises(NotNow, match="1년"):
        SESSION.perform("redate", session, actor=cast["coordinator"], note="x", held_on=day)
