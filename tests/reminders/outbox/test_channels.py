"""Besides mail: the page of notices, and signed webhooks to a real server on loopback."""

import hmac
import json
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import IntegrityError, connection, transaction

from foundation.time import clock
from reminders.models import Hook, Notice, Relay
from reminders.outbox.sending import webhooks
from reminders.outbox.sending.channels import relay
from reminders.outbox.sending.delivery import deliver
from reminders.outbox.sending.retry import PAUSES, TRIES
from tests import factories

from ..conftest import at_any_hour, free_port, outbox

NINE = datetime(2026, 12, 3, 0, tzinfo=UTC)  # nine in Korea, on a Thursday


@contextmanager
def web_server(status=200, *, slow=None):
    """A real HTTP server; yields the requests that it received and its URL."""
    taken = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            taken.append((self.path, dict(self.headers), body))
            if slow:
                slow.wait(5)
            self.send_response(status)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()

        def log_message(self, *words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield taken, f"http://127.0.0.1:{server.server_port}/in?of=house"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def hook(url, **values):
    return Hook.objects.create(url=url, **values)


def test_what_is_mailed_is_sent_signed(person, mailoutbox):
    (notice,) = outbox(person, 1, link="/reviews/7/")
    with web_server() as (taken, url):
        receiver = hook(url)
        assert (deliver(), relay(), relay()) == (1, 1, 0)

    ((path, headers, body),) = taken
    assert path == "/in?of=house"
    signed = f"{headers['House-Moment']}.".encode() + body
    expected = hmac.new(receiver.secret.encode(), signed, "sha256").hexdigest()
    assert headers["House-Signature"] == expected
    assert json.loads(body) == {
        "id": notice.message_id,
        "person": "somebody@example.org",
        "language": "ko",
        "headline": "검토 0",
        "matters": [
            {
                "kind": "review",
                "stage": "today",
                "due": "2026-11-24",
                "headline": "검토 0",
                "link": "http://localhost:8000/reviews/7/",
            }
        ],
    }
    assert Relay.objects.get().sent_at


def test_hook_of_an_organisation_gets_notices_of_its_people_only(cast, mailoutbox):
    with web_server() as (taken, url):
        hook(url, organisation=cast.motir)
        for number, name in enumerate(("motir_reviewer", "mcst_reviewer")):
            outbox(at_any_hour(cast[name]), 1)
            Notice.objects.filter(message_id="<0@test>").update(message_id=f"<{number}@of>")
        deliver()
        relay()

    assert [json.loads(body)["person"] for _p, _h, body in taken] == ["motir_reviewer@example.org"]


def test_digest_is_one_call_with_all_matters(person, mailoutbox):
    at_any_hour(person, digest=True)
    outbox(person, 3, kind="call_changed", topic="call_changed", stage="news")
    Notice.objects.update(retry_at=NINE)
    with web_server() as (taken, url), clock.at(NINE):
        hook(url)
        deliver()
        relay()

    ((_path, _headers, body),) = taken
    assert len(json.loads(body)["matters"]) == 3


def test_nothing_is_written_without_a_hook_or_with_one_that_is_off(person, mailoutbox):
    hook("https://example.org/", is_on=False)
    outbox(person, 2)
    deliver()

    assert not Relay.objects.exists()


def test_it_is_handed_on_though_the_mail_server_is_down_and_once(person, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    outbox(person, 1)
    with web_server() as (taken, url):
        hook(url)
        for _time in range(2):
            deliver()
            Notice.objects.update(retry_at=clock.now())
            relay()

    assert len(taken) == 1
    assert Notice.objects.get().attempts == 2


@pytest.mark.parametrize("status", [301, 302, 404, 500])
def test_what_is_not_taken_is_tried_by_the_same_pauses_and_then_left(person, mailoutbox, status):
    outbox(person, 1)
    now, pauses = NINE, []
    with web_server(status) as (taken, url):
        hook(url)
        with clock.at(now):
            deliver()
        for _try in range(TRIES):
            with clock.at(now):
                assert relay() == 0
            row = Relay.objects.get()
            pauses.append((row.retry_at - now) // timedelta(minutes=1))
            now = row.retry_at

    assert pauses == [*PAUSES, *[PAUSES[-1]] * (TRIES - len(PAUSES))]
    assert (len(taken), row.last_error) == (TRIES, f"NotTakenError: answered {status}")
    assert row.failed_at
    assert Relay.objects.try_again() == 1


def test_address_that_does_not_answer_is_left_after_its_time(person, mailoutbox, monkeypatch):
    monkeypatch.setattr(webhooks, "PATIENCE", 0.2)
    outbox(person, 1)
    released = threading.Event()
    with web_server(slow=released) as (_taken, url):
        hook(url)
        deliver()
        assert relay() == 0
        released.set()

    assert "TimeoutError" in Relay.objects.get().last_error


def test_dead_address_keeps_nobody_else_waiting(person, mailoutbox):
    outbox(person, 20)
    with web_server() as (taken, url):
        dead, _alive = hook(f"http://127.0.0.1:{free_port()}/"), hook(url)
        deliver()
        assert relay() == 20

    assert len(taken) == 20
    rows = Relay.objects.to("webhook", str(dead.pk))
    assert sorted(rows.values_list("attempts", flat=True)) == [0] * 19 + [1]


@pytest.mark.django_db(transaction=True)
def test_four_workers_hand_each_on_once(person, mailoutbox):
    outbox(person, 30)
    with web_server() as (taken, url):
        hook(url)
        deliver()
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    names = [json.loads(body)["id"] for _path, _headers, body in taken]
    assert len(names) == len(set(names)) == 30


def work():
    relay()
    connection.close()


class Messenger:
    """A channel as a province may add it: to people by their address."""

    name, taken = "messenger", []

    def targets(self, mail):
        return [mail.address]

    def send(self, relay):
        self.taken.append((relay.target, relay.payload["headline"]))


def test_another_channel_is_one_class_and_one_setting(person, mailoutbox, settings):
    settings.CHANNELS = [f"{__name__}.Messenger"]
    outbox(person, 1)
    deliver()

    assert relay() == 1
    assert Messenger.taken == [("somebody@example.org", "검토 0")]


class Broken(Messenger):
    """A channel that does not know where to send."""

    def targets(self, mail):
        raise LookupError


def test_broken_channel_stops_neither_mail_nor_the_others(person, mailoutbox, settings):
    settings.CHANNELS = [f"{__name__}.Broken", f"{__name__}.Messenger"]
    outbox(person, 2)

    assert deliver() == 2
    assert Relay.objects.count() == 2


def test_page_shows_what_is_new_until_it_is_read(client, person):
    outbox(person, 2)
    other = factories.person("other")
    Notice.objects.filter(message_id="<0@test>").update(person=other)
    client.force_login(person)
    page = client.get("/notices/").content.decode()
    newest = max(Notice.objects.values_list("pk", flat=True))
    assert f'name="up_to" value="{newest}"' in page
    assert "새 알림" in page

    assert client.post("/notices/read/", {"up_to": newest}).status_code == 302
    assert "새 알림" not in client.get("/notices/").content.decode()
    assert Notice.objects.get(person=other).read_at is None


@pytest.mark.parametrize("sent", ["", "x", "-1", "9" * 40, "\x00", "²"])
def test_odd_marks_find_nothing(client, person, sent):
    client.force_login(person)

    assert client.post("/notices/read/", {"up_to": sent}).status_code == 404


def test_administrator_sets_a_hook_and_nobody_else(client, cast):
    sent = {"url": "https://example.org/in", "secret": "s" * 64, "is_on": "on"}
    cast["administrator"].is_staff = True
    cast["administrator"].save()
    client.force_login(cast["coordinator"])
    client.post("/people/reminders/hook/add/", sent)
    assert not Hook.objects.exists()

    client.force_login(cast["administrator"])
    plain = client.post("/people/reminders/hook/add/", sent | {"url": "http://example.org/in"})
    assert "https://로 시작해야 합니다" in plain.content.decode()
    assert client.post("/people/reminders/hook/add/", sent).status_code == 302
    assert Hook.objects.get().url == "https://example.org/in"
    assert client.get("/people/reminders/hook/").status_code == 200


def test_administrator_tries_again_what_failed(client, cast):
    row = a_relay(failed_at=clock.now(), attempts=12)
    cast["administrator"].is_staff = True
    cast["administrator"].save()
    client.force_login(cast["administrator"])
    sent = {"action": "try_again", "_selected_action": [row.pk]}

    assert client.post("/people/reminders/relay/", sent).status_code == 302
    row.refresh_from_db()
    assert (row.failed_at, row.attempts) == (None, 0)
    assert (
        client.post(f"/people/reminders/relay/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    )


def a_relay(**values):
    facts = {"channel": "webhook", "target": "1", "message_id": "<1@x>", "payload": {}}
    return Relay.objects.create(**facts | values)


def test_database_hands_each_mail_on_once(db):
    a_relay()

    with pytest.raises(IntegrityError, match="relay_once"), transaction.atomic():
        a_relay()


def test_database_lets_nothing_sent_fail(db):
    with pytest.raises(IntegrityError, match="relay_sent_has_not_failed"), transaction.atomic():
        a_relay(sent_at=clock.now(), failed_at=clock.now())


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"url": "https://example.org/"}, "hook_once"),
        ({"url": "http://example.org/"}, "hook_is_encrypted"),
        ({"url": "http://127.0.0.1.example.org/"}, "hook_is_encrypted"),
        ({"url": "http://localhost:x@example.org/"}, "hook_is_encrypted"),
        ({"url": "https://example.org/2", "secret": ""}, "hook_has_a_secret"),
    ],
)
def test_database_keeps_hooks_safe(db, values, name):
    hook("https://example.org/")

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        hook(**values)
