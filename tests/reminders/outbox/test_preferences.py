"""Mail settings: hours, days off, and topics that a person can turn off."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from foundation.models import decreed_days
from foundation.time import clock
from reminders.models import Notice, Preference
from reminders.outbox.notices import write_notices
from reminders.outbox.sending.delivery import deliver
from reminders.outbox.topics import TOPICS
from tests import factories

from ..conftest import TUESDAY, on, outbox

SEOUL = ZoneInfo("Asia/Seoul")


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)


@pytest.fixture
def sleeper(db):
    """A person without settings: mails from 7 to 20 on working days."""
    return factories.person("sleeper")


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-12-03T07:00", "2026-12-03T07:00"),
        ("2026-12-03T19:59", "2026-12-03T19:59"),
        ("2026-12-03T06:59", "2026-12-03T07:00"),
        ("2026-12-03T20:00", "2026-12-04T07:00"),
        ("2026-12-04T20:00", "2026-12-07T07:00"),  # a Friday
        ("2026-12-05T12:00", "2026-12-07T07:00"),  # a Saturday
        ("2026-12-31T21:00", "2027-01-04T07:00"),  # the year's end 2026/27, then a weekend
        ("2026-02-13T20:30", "2026-02-19T07:00"),  # Seollal 2026
        ("2027-02-05T20:30", "2027-02-10T07:00"),  # Seollal 2027 with its substitute
        ("2028-01-25T20:30", "2028-01-31T07:00"),  # Seollal 2028
        ("2028-02-28T20:30", "2028-02-29T07:00"),  # a leap day
        ("2028-09-29T20:30", "2028-10-06T07:00"),  # Chuseok 2028 with its substitute
    ],
)
def test_mails_wait_for_the_morning_of_a_working_day(now, opens):
    assert Preference().opens(moment(now)) == moment(opens)


def test_mails_wait_out_a_decreed_holiday():
    with decreed_days.override({TUESDAY}):
        assert Preference().opens(moment("2026-11-24T09:00")) == moment("2026-11-25T07:00")


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-12-05T22:59", "2026-12-05T22:59"),
        ("2026-12-05T23:00", "2026-12-06T10:00"),
        ("2026-12-06T09:59", "2026-12-06T10:00"),
    ],
)
def test_person_may_choose_other_hours_and_days_off(now, opens):
    chosen = Preference(from_hour=10, until_hour=23, on_days_off=True)

    assert chosen.opens(moment(now)) == moment(opens)


def test_nothing_is_mailed_at_night_and_all_in_the_morning(sleeper, mailoutbox):
    outbox(sleeper, 3)

    with clock.at(moment("2026-12-03T23:00")):
        assert deliver() == 0
    assert {notice.retry_at for notice in Notice.objects.all()} == {moment("2026-12-04T07:00")}
    with clock.at(moment("2026-12-04T06:59")):
        assert deliver() == 0
    with clock.at(moment("2026-12-04T07:00")):
        assert deliver() == 3


def test_those_who_take_mails_at_night_do_not_wait_for_the_others(sleeper, person, mailoutbox):
    outbox(sleeper, 1)
    Notice.objects.update(message_id="<other@test>")
    outbox(person, 1)

    with clock.at(moment("2026-12-03T23:00")):
        assert deliver() == 1
    assert mailoutbox[0].to == [person.email]


@pytest.mark.parametrize(
    ("stage", "topic"),
    [("before-2", "review"), ("today", ""), ("after-2", ""), ("up-1-0", "escalated")],
)
def test_topic_is_written_with_the_notice(cast, call, tuesday, stage, topic):
    factories.submitted(cast, call)
    days = {"before-2": "2026-12-04", "today": "2026-12-08", "after-2": "2026-12-23"}
    write_notices(moment(days.get(stage, "2026-12-09")).date())

    found = Notice.objects.filter(stage=stage).values_list("topic", flat=True)
    assert set(found) == {topic}


def test_what_is_turned_off_is_not_mailed_and_is_on_the_page(client, person, mailoutbox):
    Preference.objects.filter(person=person).update(off=["review"])
    optional, compulsory = outbox(person, 2)
    Notice.objects.filter(pk=optional.pk).update(topic="review", stage="before")

    assert deliver() == 1
    assert mailoutbox[0].subject == compulsory.headline
    client.force_login(person)
    page = client.get("/notices/").content.decode()
    assert optional.headline in page
    assert "수신 거부로 발송하지 않음" in page


def test_page_saves_and_what_was_held_back_goes(client, cast, mailoutbox):
    reviewer = cast["motir_reviewer"]
    client.force_login(reviewer)
    outbox(reviewer, 1)
    with clock.at(moment("2026-12-03T23:00")):
        deliver()
        sent = {"digest": "", "from_hour": 0, "until_hour": 24, "on_days_off": "on"}
        answer = client.post("/preferences/", sent | {"wanted": ["settle"]}, follow=True)

        assert "메일 설정을 저장했습니다" in answer.content.decode()
        assert deliver() == 1
    chosen = Preference.objects.get(person=reviewer)
    assert "review" in chosen.off
    assert "call_changed" not in chosen.off  # not offered to them
    assert (chosen.digest, chosen.from_hour, chosen.until_hour) == (False, 0, 24)


def test_page_offers_what_the_person_is_written_about(client, cast):
    client.force_login(cast["motir_reviewer"])
    page = client.get("/preferences/").content.decode()

    assert 'value="review"' in page
    assert 'value="submit"' not in page
    assert not Preference.objects.exists()


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"from_hour": 9, "until_hour": 9}, "수신 시작 시각보다 늦은 시각을 선택하십시오"),
        ({"from_hour": "x", "until_hour": 99}, "올바르게 선택해"),
        ({"from_hour": 9, "until_hour": 18, "wanted": ["\x00"]}, "올바르게 선택해"),
        ({}, "필수"),
    ],
)
def test_wrong_value_is_reported_at_the_field_and_nothing_is_lost(client, cast, sent, message):
    client.force_login(cast["motir_reviewer"])

    answer = client.post("/preferences/", sent | {"digest": "1"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert message in page
    assert 'value="1"' in page
    assert "checked" in page


@pytest.mark.parametrize(("first", "last"), [(9, 9), (20, 7), (0, 25)])
def test_database_keeps_hours_within_one_day(person, first, last):
    with (
        pytest.raises(IntegrityError, match="preference_hours_are_of_one_day"),
        transaction.atomic(),
    ):
        Preference.objects.update(from_hour=first, until_hour=last)


def test_every_topic_has_words():
    assert all(str(label) for label in TOPICS.values())
    assert {"review", "escalated", "call_changed"} <= TOPICS.keys()


def test_without_settings_nothing_is_mailed_on_a_day_off(sleeper, mailoutbox):
    outbox(sleeper, 1)

    with on(moment("2026-12-25T12:00").date()):
        assert deliver() == 0
