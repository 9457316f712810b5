"""Decreed holidays: entered, withdrawn, and the deadlines that they move."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client

from foundation.engine.workflow import NotNow
from foundation.models import DecreedHoliday, Event, decreed_days
from foundation.time import clock
from foundation.time.calendar import is_working_day, working_day_from
from reminders.rules.holidays import HOLIDAY, moved_by
from tests import factories, together

from ..conftest import TUESDAY, on

DAY = date(2026, 12, 8)  # ten working days after the Tuesday of submission
SENT = {
    "day": str(DAY),
    "name_ko": "임시공휴일",
    "name_en": "Special day off",
    "decree": "국무회의 제50회",
}


@pytest.fixture
def table(tuesday):
    """The calendar asks the table, as it does outside of tests."""
    token = decreed_days.fixed.set(None)
    decreed_days.clear()
    yield
    decreed_days.clear()
    decreed_days.fixed.reset(token)


def enter(client, who, **values):
    client.force_login(who)
    return client.post("/holidays/new/", SENT | values)


def test_coordinator_enters_a_day_and_reads_what_it_moves(
    client, cast, call, table, django_capture_on_commit_callbacks
):
    factories.submitted(cast, call)  # two reviews are due that day
    with django_capture_on_commit_callbacks(execute=True):
        sent = enter(client, cast["coordinator"])
    holiday = DecreedHoliday.objects.get()

    page = client.get(sent["Location"]).content.decode()

    assert sent["Location"] == holiday.get_absolute_url()
    assert not is_working_day(DAY)
    assert "2건의 기한이" in page
    assert "2026. 12. 9." in page
    event = Event.objects.of(holiday).get()
    assert (event.verb, event.data["day"], event.actor) == (
        "decree",
        "2026-12-08",
        cast["coordinator"],
    )
    assert "임시공휴일" in client.get("/holidays/").content.decode()
    call_command("verify_history", stdout=StringIO())


def test_name_is_read_in_the_language_of_the_reader(client, cast, tuesday):
    factories.decree(cast)
    client.force_login(cast["motir_reviewer"])

    assert "임시공휴일" in client.get("/holidays/").content.decode()
    client.cookies["django_language"] = "en"
    assert "Election day" in client.get("/holidays/").content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("day", "2026-11-23"),
        ("day", "2027-11-26"),
        ("day", "2026-12-12"),  # a Saturday
        ("day", "2026-12-25"),  # Christmas
        ("day", "x"),
        ("day", ""),
        ("name_ko", " "),
        ("name_en", ""),
        ("name_en", "x" * 101),
        ("name_en", "\x00"),
        ("decree", ""),
    ],
)
def test_invalid_value_is_reported_at_its_field(client, cast, tuesday, field, value):
    page = enter(client, cast["coordinator"], **{field: value})

    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert not DecreedHoliday.objects.exists()


def test_day_is_decreed_once_until_it_is_withdrawn(client, cast, tuesday):
    enter(client, cast["coordinator"])
    again = enter(client, cast["second_coordinator"])
    first = DecreedHoliday.objects.get()
    HOLIDAY.perform("withdraw", first, actor=cast["second_coordinator"], note="국회 부결")

    assert list(again.context["form"].errors) == ["day"]
    assert enter(client, cast["coordinator"]).status_code == 302
    states = DecreedHoliday.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["withdrawn", "decreed"]


@pytest.mark.parametrize("today", [DAY, date(2026, 12, 9)])
def test_only_a_day_to_come_is_withdrawn(cast, tuesday, today):
    holiday = factories.decree(cast, DAY)

    with on(today), pytest.raises(NotNow):
        HOLIDAY.perform("withdraw", holiday, actor=cast["coordinator"], note="x")
    with pytest.raises(NotNow, match="사유"):
        HOLIDAY.perform("withdraw", holiday, actor=cast["coordinator"])


def test_nobody_else_enters_or_withdraws(client, cast, tuesday):
    holiday = factories.decree(cast)
    cast["administrator"].is_staff = True
    cast["administrator"].save()

    for who in ("drafter", "approver", "motir_approver", "budget", "auditor", "administrator"):
        assert enter(client, cast[who]).status_code == 403
        with pytest.raises(PermissionDenied):
            HOLIDAY.perform("withdraw", holiday, actor=cast[who], note="x")
    assert client.get("/people/foundation/decreedholiday/").status_code == 404


def test_every_open_deadline_counts_once_and_from_the_weekend_before(cast, call, tuesday):
    factories.submitted(cast, call)
    monday = factories.decree(cast, date(2026, 12, 7))
    tuesday_off = factories.decree(cast, DAY)
    review = call.proposals.get().reviews.get(ministry="MOTIR")
    type(review).objects.filter(pk=review.pk).update(due_on=date(2026, 12, 6))  # a Sunday

    with decreed_days.override({monday.day, tuesday_off.day}):
        moved = moved_by([monday, tuesday_off], TUESDAY)

    assert moved == {monday.pk: 1, tuesday_off.pk: 2}


def test_what_is_over_or_withdrawn_moves_nothing(cast, tuesday):
    holiday = factories.decree(cast, DAY)

    assert moved_by([holiday], date(2026, 12, 9)) == {}
    holiday.state = "withdrawn"
    assert moved_by([holiday], TUESDAY) == {}


def test_holidays_by_program(client, cast, tuesday):
    client.force_login(cast["coordinator"])
    made = client.post("/api/v1/holidays/", SENT, content_type="application/json")
    address = f"/api/v1/holidays/{made.json()['id']}/"

    again = client.post("/api/v1/holidays/", SENT, content_type="application/json")
    gone = client.post(
        f"{address}moves/withdraw/", {"note": "취소"}, content_type="application/json"
    )

    assert (made.status_code, again.status_code) == (201, 400)
    assert gone.json()["state"] == "withdrawn"
    assert [e["verb"] for e in client.get(f"{address}events/").json()] == ["decree", "withdraw"]


@pytest.mark.django_db(transaction=True)
def test_day_entered_twice_at_once_is_decreed_once(cast):
    day = working_day_from(clock.today() + timedelta(days=30))

    def by(who):
        return lambda: enter(Client(), cast[who], day=str(day)).status_code

    answers = together.at_once(by("coordinator"), by("second_coordinator"))

    assert sorted(answers) in ([302, 409], [302, 422])
    assert DecreedHoliday.objects.count() == 1
