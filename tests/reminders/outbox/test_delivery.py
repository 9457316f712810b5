import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from foundation.time import clock
from reminders.models import Notice, Preference
from reminders.outbox.notices import write_notices
from reminders.outbox.sending.delivery import deliver
from reminders.outbox.sending.retry import TRIES
from tests import factories

from ..conftest import SMTP, at, at_any_hour, free_port, mail_server, on, outbox


@pytest.fixture
def through(settings):
    """Mail goes to a server at a port of this machine."""

    def through(port):
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
        settings.EMAIL_PORT = port

    return through


def test_mail_carries_both_texts_and_the_fixed_message_id(person, mailoutbox):
    outbox(person, 1)

    assert deliver() == 1
    (mail,) = mailoutbox
    assert (mail.to, mail.subject, mail.body) == (["somebody@example.org"], "검토 0", "본문")
    assert mail.alternatives == [("<p>본문</p>", "text/html")]
    assert mail.message()["Message-ID"] == "<0@test>"


def test_what_is_mailed_is_not_mailed_again(person, mailoutbox):
    outbox(person, 3)

    assert (deliver(), deliver()) == (3, 0)
    assert len(mailoutbox) == 3
    assert not Notice.objects.filter(mailed_at=None).exists()


def test_one_round_mails_no_more_than_asked(person, mailoutbox):
    outbox(person, 5)

    assert deliver(most=2) == 2
    assert Notice.objects.filter(mailed_at=None).count() == 3


def test_row_that_cannot_be_mailed_does_not_stop_the_others(person, mailoutbox):
    outbox(person, 4)
    Notice.objects.filter(message_id="<0@test>").update(headline="one\nBcc: a@b.kr")

    assert deliver() == 3
    stuck = Notice.objects.get(mailed_at=None)
    assert (stuck.attempts, stuck.message_id) == (1, "<0@test>")
    assert "BadHeaderError" in stuck.last_error


def test_mailbox_that_does_not_exist_is_not_tried_again_and_says_why(person, through):
    other = at_any_hour(factories.person("other"))
    outbox(person, 4)
    Notice.objects.filter(message_id="<1@test>").update(person=other, address=other.email)

    with mail_server(refuses={other.email}) as (inbox, port):
        through(port)
        assert deliver() == 3

    stuck = Notice.objects.get(mailed_at=None)
    assert "no such mailbox" in stuck.last_error
    assert stuck in Notice.objects.failed()
    assert not Notice.objects.queued().exists()
    assert sorted(inbox.message_ids) == ["<0@test>", "<2@test>", "<3@test>"]


def test_server_that_hangs_up_now_and_then_gets_every_mail(person, through):
    outbox(person, 10)
    now = datetime(2030, 1, 1, tzinfo=UTC)

    with mail_server(drops_after=3) as (inbox, port):
        through(port)
        for minute in range(0, 60, 10):
            with clock.at(now + timedelta(minutes=minute)):
                deliver()

    assert not Notice.objects.filter(mailed_at=None).exists()
    assert set(inbox.message_ids) == {f"<{number}@test>" for number in range(10)}


def test_dead_server_is_not_stormed(person, through):
    outbox(person, 10)
    through(free_port())

    assert deliver() == 0
    assert Notice.objects.filter(attempts=1).count() == 3
    assert Notice.objects.filter(attempts=0).count() == 7


def test_pauses_grow_and_the_error_goes_when_the_mail_does(person, through, settings):
    outbox(person, 1)
    through(free_port())
    now, pauses = datetime(2030, 1, 1, tzinfo=UTC), []

    for _try in range(6):
        with clock.at(now):
            deliver()
        notice = Notice.objects.get()
        pauses.append((notice.retry_at - now).total_seconds() / 60)
        assert "ConnectionRefusedError" in notice.last_error
        now = notice.retry_at
    assert pauses == [1, 5, 15, 60, 240, 240]

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with clock.at(now - timedelta(seconds=1)):
        assert deliver() == 0
    with clock.at(now):
        assert deliver() == 1
    notice.refresh_from_db()
    assert (notice.attempts, notice.last_error, notice.mailed_at) == (7, "", now)


@pytest.mark.django_db(transaction=True)
def test_four_workers_mail_every_row_once(person, through):
    outbox(person, 60)

    with mail_server() as (inbox, port):
        through(port)
        counts = in_threads(4, deliver)

    assert sum(counts) == 60
    assert len(inbox.message_ids) == len(set(inbox.message_ids)) == 60


def in_threads(number, work):
    gate, results = threading.Barrier(number), []

    def run():
        gate.wait()
        results.append(work())
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_after_the_last_try_a_row_waits_for_the_administrator(person, through):
    outbox(person, 1, attempts=TRIES - 1)
    through(free_port())

    deliver()

    assert "ConnectionRefusedError" in Notice.objects.failed().get().last_error
    assert deliver() == 0


@pytest.fixture
def asked(cast, call, tuesday):
    return factories.submitted(cast, call)


def test_what_is_done_before_it_is_mailed_is_not_mailed_and_keeps_a_name(
    client, cast, asked, mailoutbox
):
    with on(date(2026, 12, 8)) as day:
        write_notices(day)
        factories.answer(cast, asked.reviews.get(ministry="MOTIR"))

        assert deliver() == 1

    assert [mail.to for mail in mailoutbox] == [["mcst_reviewer@example.org"]]
    dropped = Notice.objects.get(person=cast["motir_reviewer"])
    assert (dropped.mailed_at, dropped.last_error) == (None, "done meanwhile")
    assert not Notice.objects.queued().exists()
    client.force_login(cast["motir_reviewer"])
    page = client.get("/notices/").content.decode()
    assert dropped.headline in page
    assert 'href=""' not in page


def test_mail_counts_the_days_from_the_day_on_which_it_goes(cast, asked, mailoutbox):
    write_notices(date(2026, 12, 3))

    with on(date(2026, 12, 9)):
        deliver()

    assert "1근무일 지남" in mailoutbox[0].subject


@pytest.mark.parametrize("field", ["failed_at", "dropped_at"])
def test_database_lets_no_mailed_row_fail_or_be_dropped(person, field):
    (notice,) = outbox(person, 1, mailed_at=clock.now())
    setattr(notice, field, clock.now())

    with (
        pytest.raises(IntegrityError, match="notice_mailed_is_neither_failed_nor_dropped"),
        transaction.atomic(),
    ):
        notice.save()


def test_on_the_last_day_of_a_call_its_drafts_are_reminded_of_three_hours_before_the_close(
    cast, mailoutbox
):
    last_day = date(2026, 12, 9)  # a Wednesday
    with on(date(2026, 11, 24)):
        call = factories.call(cast, closes_on=last_day)
        factories.complete_proposal(cast, call)
    with at(last_day, 9):
        assert write_notices(last_day) == 2
        assert deliver() == 0
    with at(last_day, 14, 59):
        assert deliver() == 0
    with at(last_day, 15):
        assert deliver() == 2

    assert {mail.to[0] for mail in mailoutbox} == {cast["drafter"].email, cast["approver"].email}
    assert {notice.stage for notice in Notice.objects.all()} == {"today"}


def test_whose_mails_stop_before_the_afternoon_is_reminded_in_the_morning(cast, mailoutbox):
    last_day = date(2026, 12, 9)
    Preference.objects.create(person=cast["drafter"], from_hour=9, until_hour=13)
    with on(date(2026, 11, 24)):
        factories.complete_proposal(cast, factories.call(cast, closes_on=last_day))
    with at(last_day, 9):
        write_notices(last_day)
        assert deliver() == 1

    assert mailoutbox[0].to == [cast["drafter"].email]


def test_reminder_of_the_last_day_that_is_written_late_goes_at_once(cast, mailoutbox):
    last_day = date(2026, 12, 9)
    with on(date(2026, 11, 24)):
        factories.complete_proposal(cast, factories.call(cast, closes_on=last_day))
    with at(last_day, 16):
        write_notices(last_day)
        assert deliver() == 2
