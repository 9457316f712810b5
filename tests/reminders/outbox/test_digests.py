"""One mail a day for those who want it: what is in it, when, and never twice."""

import threading
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction

from foundation.time import clock
from reminders.models import Digest, Notice
from reminders.outbox.notices import write_notices
from reminders.outbox.sending import delivery
from reminders.outbox.sending.bounces import record
from reminders.outbox.sending.delivery import deliver
from reminders.outbox.sending.digests import gather
from reminders.outbox.sending.retry import TRIES
from tests import factories

from ..conftest import SMTP, at_any_hour, free_port, mail_server, outbox
from .test_bounces import bounce

SEOUL = ZoneInfo("Asia/Seoul")
NINE = datetime(2026, 12, 3, 9, tzinfo=SEOUL)  # a Thursday, three working days before the day


def at(day, hour, minute=0):
    return clock.at(datetime(2026, 12, day, hour, minute, tzinfo=SEOUL))


@pytest.fixture
def reviewer(cast):
    return at_any_hour(cast["motir_reviewer"], digest=True)


@pytest.fixture
def asked(cast, call, tuesday):
    return [factories.submitted(cast, call, title=f"강릉 {number}") for number in range(3)]


def to(person, mailoutbox):
    return [mail for mail in mailoutbox if mail.to == [person.email]]


def test_what_comes_up_is_one_mail_at_half_past_eight(reviewer, asked, mailoutbox):
    with at(3, 0, 5):
        write_notices(date(2026, 12, 3))
        deliver()
    with at(3, 8, 29):
        deliver()
    assert to(reviewer, mailoutbox) == []

    with at(3, 8, 30):
        deliver()
    (mail,) = to(reviewer, mailoutbox)
    assert mail.subject == "2026. 12. 3. (목) 업무 알림 3건"
    for proposal in asked:
        review = proposal.reviews.get(ministry="MOTIR")
        assert f"http://localhost:8000{review.get_absolute_url()}" in mail.body
        assert review.get_absolute_url() in mail.alternatives[0][0]
    assert "[기한 다가옴]" in mail.body
    rows = Notice.objects.filter(person=reviewer)
    assert len(rows) == 3
    assert all(row.mailed_at and row.digest_id for row in rows)


def test_those_who_did_not_ask_for_it_get_each_by_itself(cast, reviewer, asked, mailoutbox):
    with clock.at(NINE):
        write_notices(date(2026, 12, 3))
        deliver()

    assert len(to(cast["mcst_reviewer"], mailoutbox)) == 3


def test_what_is_due_today_comes_at_once(reviewer, asked, mailoutbox):
    with at(8, 0, 5):
        write_notices(date(2026, 12, 8))
        deliver()

    assert len(to(reviewer, mailoutbox)) == 3
    assert not Digest.objects.exists()


def test_second_of_a_day_waits_for_the_next_working_day(reviewer, mailoutbox):
    _first, second = optional(reviewer, 2)
    Notice.objects.filter(pk=second.pk).update(retry_at=datetime(2026, 12, 4, 9, 5, tzinfo=SEOUL))
    with at(4, 9):
        assert deliver() == 1
    with at(4, 10):
        assert deliver() == 0
    second.refresh_from_db()
    assert second.retry_at == datetime(2026, 12, 7, 8, 30, tzinfo=SEOUL)

    with at(7, 8, 30):
        assert deliver() == 1
    assert [digest.day.day for digest in Digest.objects.order_by("day")] == [4, 7]


def optional(person, count):
    """News that wait for the digest of a person, in words already."""
    rows = outbox(person, count, kind="call_changed", topic="call_changed", stage="news")
    Notice.objects.update(retry_at=NINE)
    return rows


def test_what_is_done_meanwhile_is_left_out_and_nothing_left_is_no_mail(
    cast, reviewer, asked, mailoutbox
):
    with at(3, 0, 5):
        write_notices(date(2026, 12, 3))
    with clock.at(NINE):
        factories.answer(cast, asked[0].reviews.get(ministry="MOTIR"))
        deliver()
    (mail,) = to(reviewer, mailoutbox)
    assert "강릉 0" not in mail.body
    assert "2건" in mail.subject

    Notice.objects.filter(person=reviewer, dropped_at=None).update(mailed_at=None, digest=None)
    Digest.objects.all().delete()
    with at(4, 9):
        for proposal in asked[1:]:
            factories.answer(cast, proposal.reviews.get(ministry="MOTIR"))
        deliver()
    assert len(to(reviewer, mailoutbox)) == 1
    assert Digest.objects.get().last_error == "done meanwhile"
    assert not Notice.objects.queued().filter(person=reviewer).exists()


def test_what_is_turned_off_is_left_out(reviewer, mailoutbox):
    optional(reviewer, 2)
    at_any_hour(reviewer, off=["call_changed"])

    with clock.at(NINE):
        assert deliver() == 0
    assert Notice.objects.filter(last_error="turned off").count() == 2


def test_digest_waits_for_the_hours_of_the_person(reviewer, mailoutbox):
    optional(reviewer, 1)
    at_any_hour(reviewer, from_hour=10)

    with clock.at(NINE):
        assert deliver() == 0
    with at(3, 10):
        assert deliver() == 1


def test_killed_worker_sends_the_same_digest_again(reviewer, settings, monkeypatch):
    optional(reviewer, 3)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"

    with mail_server() as (inbox, port), clock.at(NINE):
        settings.EMAIL_PORT = port
        with monkeypatch.context() as broken:
            broken.setattr(Digest, "becomes", dies)
            with pytest.raises(KeyboardInterrupt):
                deliver()
        assert Notice.objects.queued().count() == 3
        assert deliver() == 1

    first, second = inbox.message_ids
    assert first == second == Digest.objects.get().message_id


def dies(*_self, **_fate):
    """The worker is killed after the mail went, before it is written down."""
    raise KeyboardInterrupt


def test_same_person_and_day_have_the_same_message_id(reviewer):
    optional(reviewer, 1)
    names = []
    for _time in range(2):
        with clock.at(NINE):
            gather()
        names.append(Digest.objects.get().message_id)
        Notice.objects.update(digest=None)
        Digest.objects.all().delete()

    assert names[0] == names[1]


def test_digest_that_cannot_be_mailed_is_tried_later_and_then_shown(reviewer, settings):
    optional(reviewer, 2)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
    settings.EMAIL_PORT = free_port()

    with clock.at(NINE):
        deliver()
        digest = Digest.objects.get()
        assert (digest.attempts, digest.failed_at) == (1, None)
        Digest.objects.update(attempts=TRIES - 1, retry_at=NINE)
        deliver()
        failed = list(Notice.objects.failed())
        assert len(failed) == 2
        Notice.objects.try_again(failed[0].pk)
    assert Notice.objects.get(pk=failed[0].pk).digest is None


def test_bounce_of_a_digest_finds_all_that_was_in_it(reviewer, mailoutbox):
    optional(reviewer, 2)
    with clock.at(NINE):
        deliver()

    assert record(bounce(name=Digest.objects.get().message_id)) == 2
    assert Notice.objects.failed().count() == 2


@pytest.mark.django_db(transaction=True)
def test_four_workers_make_one_digest_of_everything(reviewer, mailoutbox):
    optional(reviewer, 50)
    gate = threading.Barrier(4)

    def work():
        gate.wait()
        with clock.at(NINE):
            delivery.deliver()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(to(reviewer, mailoutbox)) == 1
    assert Notice.objects.filter(digest=Digest.objects.get(), mailed_at=NINE).count() == 50


def test_collecting_costs_the_same_for_many_people(cast, django_assert_num_queries):
    for number, person in enumerate(list(cast.values())[:12]):
        at_any_hour(person, digest=True)
        optional(person, 1)
        Notice.objects.filter(message_id="<0@test>").update(message_id=f"<{number}@of>")

    with clock.at(NINE), django_assert_num_queries(8):
        gather()
    assert Digest.objects.count() == 12


def digest(person, **values):
    given = {"person": person, "address": person.email, "day": NINE.date(), "message_id": "<d@x>"}
    return Digest.objects.create(**given | values)


def test_database_allows_one_digest_a_day(person):
    digest(person)

    with pytest.raises(IntegrityError, match="digest_once_a_day"), transaction.atomic():
        digest(person, message_id="<e@x>")


def test_database_puts_nothing_into_the_digest_of_another(person):
    theirs = digest(factories.person("other"))
    (notice,) = outbox(person, 1)

    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="notice_in_a_digest_of_its_person"):
            Notice.objects.filter(pk=notice.pk).update(digest=theirs)
        transaction.set_rollback(True)


def test_database_lets_no_mailed_digest_fail(person):
    with (
        pytest.raises(IntegrityError, match="digest_mailed_is_neither_failed_nor_dropped"),
        transaction.atomic(),
    ):
        digest(person, mailed_at=NINE, failed_at=NINE)


@pytest.fixture
def at_most_two(settings):
    settings.MAILS_AT_ONCE = 2


def test_a_heap_comes_at_once_in_one_mail(cast, asked, mailoutbox, at_most_two):
    """Three are due today: compulsory, and too many to come one by one."""
    reviewer = at_any_hour(cast["motir_reviewer"])
    with at(8, 8):
        write_notices(date(2026, 12, 8))
        deliver()

        (mail,) = to(reviewer, mailoutbox)
        assert mail.subject == "2026. 12. 8. (화) 업무 알림 3건"
        assert "한 통으로 보내드립니다" in mail.body
        assert mail.body.count("/reviews/") == 3
        deliver()
    assert len(to(reviewer, mailoutbox)) == 1
    assert not Notice.objects.filter(person=reviewer, mailed_at=None).exists()


def test_what_is_no_heap_comes_one_by_one(cast, asked, mailoutbox, settings):
    settings.MAILS_AT_ONCE = 3
    reviewer = at_any_hour(cast["motir_reviewer"])
    with at(8, 8):
        write_notices(date(2026, 12, 8))
        deliver()

    assert len(to(reviewer, mailoutbox)) == 3
    assert not Digest.objects.exists()


def test_a_heap_waits_for_the_hours_of_its_person(cast, asked, mailoutbox, at_most_two):
    reviewer = at_any_hour(cast["motir_reviewer"], from_hour=9)
    with at(8, 8):
        write_notices(date(2026, 12, 8))
        deliver()
        assert to(reviewer, mailoutbox) == []
    with at(8, 9):
        deliver()

    assert len(to(reviewer, mailoutbox)) == 1


def test_a_second_heap_of_a_day_comes_one_by_one(person, mailoutbox, at_most_two):
    """A digest stays one a day; and nothing waits because of that."""
    Digest.objects.create(
        person=person, day=date(2026, 12, 8), message_id="<first@digest>", mailed_at=clock.now()
    )
    outbox(person, 3)
    with at(8, 10):
        deliver()

    assert len(mailoutbox) == 3


def test_news_are_no_heap(person, mailoutbox, at_most_two):
    outbox(person, 4, kind="call_changed", topic="", stage="news")
    with at(8, 10):
        deliver()

    assert len(mailoutbox) == 4
