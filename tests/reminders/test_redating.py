"""A day that slips is set anew with a reason, by who set it; reminders follow the new day."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from disbursements.workflow import TRANCHE
from foundation.models import Event
from foundation.workflow import NotNow
from projects.models import Review
from projects.workflow import REVIEW
from reminders.models import Notice
from reminders.notices import write_notices
from tests import factories
from tests.disbursements import acts

from .conftest import on

LATER = date(2026, 12, 21)


@pytest.fixture
def review(cast, call, tuesday):
    return factories.submitted(cast, call).reviews.get(ministry="MOTIR")


def send(client, who, record, kind, **sent):
    client.force_login(who)
    sent = {"note": "국회 일정으로 연기", "due_on": str(LATER), "seen": record.moves_made} | sent
    return client.post(f"/{kind}/{record.pk}/moves/redate/", sent)


def test_coordinator_sets_another_day_for_a_review(client, cast, review):
    sent = send(client, cast["coordinator"], review, "reviews")

    review.refresh_from_db()
    event = Event.objects.of(review).get(verb="redate")
    assert (sent.status_code, review.due_on, review.state) == (302, LATER, "waiting")
    assert (event.note, event.data["due_on"]) == ("국회 일정으로 연기", "2026-12-21")
    assert Event.objects.of(review).get(verb="ask").data["due_on"] == "2026-12-08"


def test_reminders_follow_the_new_day(client, cast, review):
    with on(date(2026, 12, 8)) as today:
        write_notices(today)
        send(client, cast["coordinator"], review, "reviews")
    with on(date(2026, 12, 9)) as today:
        write_notices(today)
    with on(LATER) as today:
        write_notices(today)

    told = Notice.objects.filter(person=cast["motir_reviewer"]).order_by("pk")
    assert list(told.values_list("stage", "due_on")) == [
        ("today", date(2026, 12, 8)),
        ("today", LATER),
    ]


@pytest.mark.parametrize(
    "who", ["motir_reviewer", "motir_approver", "drafter", "auditor", "budget"]
)
def test_nobody_else_sets_the_day_of_a_review(cast, review, who):
    with pytest.raises(PermissionDenied):
        REVIEW.perform("redate", review, actor=cast[who], note="x")


def test_day_stands_still_while_a_question_is_open(cast, call, tuesday):
    review = factories.questioned(cast, call).reviews.get(ministry="MOTIR")

    with pytest.raises(NotNow, match="답변"):
        REVIEW.perform("redate", review, actor=cast["coordinator"], note="x")


@pytest.mark.parametrize("day", ["2026-11-23", "2026-12-08", "2027-11-26", "", "x", "9999-12-31"])
def test_day_that_cannot_be_is_said_at_the_field(client, cast, review, day):
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
