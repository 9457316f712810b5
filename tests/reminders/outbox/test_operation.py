from datetime import timedelta

import pytest

from foundation.time import clock
from reminders.models import Lease, Notice
from reminders.outbox.leases import take
from reminders.outbox.monitoring import state
from tests import factories

from ..conftest import outbox


@pytest.fixture
def administrator(db):
    person = factories.person("administrator")
    person.is_staff = True
    person.save()
    return person


@pytest.fixture
def failed(person):
    (row,) = outbox(person, 1, failed_at=clock.now(), attempts=12, last_error="550 no such mailbox")
    return row


def test_state_counts_what_waits_and_how_long(person):
    ago = clock.now() - timedelta(minutes=10)
    outbox(person, 2, retry_at=ago)
    Notice.objects.filter(message_id="<1@test>").update(
        attempts=1, retry_at=clock.now() + timedelta(hours=1)
    )

    found = state()

    assert (found.queued, found.overdue, found.put_off, found.failed) == (2, 1, 1, 0)
    assert 600 <= found.oldest < 660


@pytest.mark.django_db
def test_stopped_scheduler_is_noticed():
    assert not state().beat_is_alive

    take("beat", "somewhere", 30)
    assert state().beat_is_alive

    Lease.objects.update(renewed_at=clock.now() - timedelta(minutes=3))
    assert not state().beat_is_alive


def test_state_is_read_in_three_queries(person, django_assert_num_queries):
    outbox(person, 30)

    with django_assert_num_queries(3):
        state()


def test_health_page_says_what_waits_and_that_the_scheduler_stopped(client, failed):
    answer = client.get("/healthz")

    assert answer.status_code == 503
    found = answer.json()
    assert (found["beat"], found["notices"]["failed"]) == (False, 1)


@pytest.mark.django_db
def test_metrics_are_for_this_machine_or_for_who_has_the_token(client, settings):
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.7").status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "1.2.3.4"}).status_code == 404

    settings.METRICS_TOKEN = "t" * 32
    assert client.get("/metrics").status_code == 404
    wrong = client.get("/metrics", headers={"Authorization": "Bearer x"})
    right = client.get("/metrics", headers={"Authorization": f"Bearer {'t' * 32}"})
    assert (wrong.status_code, right.status_code) == (404, 200)


def test_metrics_are_in_the_format_of_prometheus(client, failed):
    text = client.get("/metrics").content.decode()

    assert "# TYPE house_notices_failed gauge\nhouse_notices_failed 1\n" in text
    assert "house_beat_age_seconds NaN\n" in text


def test_administrator_reads_the_reason_and_has_it_tried_again(client, administrator, failed):
    client.force_login(administrator)
    assert "550 no such mailbox" in client.get("/operation/").content.decode()

    client.post(f"/operation/{failed.pk}/try_again/")

    failed.refresh_from_db()
    assert (failed.failed_at, failed.attempts) == (None, 0)
    assert failed in Notice.objects.waiting(clock.now())


def test_what_is_given_up_leaves_the_list_and_is_not_mailed(client, administrator, failed):
    client.force_login(administrator)

    client.post(f"/operation/{failed.pk}/give_up/")

    assert not Notice.objects.failed().exists()
    assert not Notice.objects.queued().exists()


def test_second_decision_is_refused(client, administrator, failed):
    client.force_login(administrator)
    client.post(f"/operation/{failed.pk}/give_up/")

    answer = client.post(f"/operation/{failed.pk}/try_again/", follow=True)

    assert "이미 처리된 건입니다" in answer.content.decode()
    assert not Notice.objects.queued().exists()


def test_nobody_else_sees_or_decides(client, person, failed):
    client.force_login(person)

    assert client.get("/operation/").status_code == 403
    assert client.post(f"/operation/{failed.pk}/give_up/").status_code == 403
    assert Notice.objects.failed().exists()


def test_unknown_decision_is_not_found(client, administrator, failed):
    client.force_login(administrator)

    assert client.post(f"/operation/{failed.pk}/resolve/").status_code == 404
