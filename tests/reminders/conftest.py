"""A fixed day, rows of the outbox, and a real mail server on loopback."""

import asyncio
import socket
import threading
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from zoneinfo import ZoneInfo

import pytest
from aiosmtpd.controller import Controller

from foundation.time import clock
from reminders.matters.kinds import KINDS
from reminders.models import Notice, Preference
from reminders.outbox.notices import write_notices
from reminders.outbox.sending.texts import put_in_words
from tests import factories

SEOUL = ZoneInfo("Asia/Seoul")
TUESDAY = date(2026, 11, 24)
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@contextmanager
def on(day):
    """Set the clock to noon of a day in Korea."""
    with clock.at(datetime(day.year, day.month, day.day, 3, tzinfo=UTC)):
        yield day


def at(day, hour, minute=0):
    """Set the clock to a time of a day in Korea."""
    return clock.at(datetime(day.year, day.month, day.day, hour, minute, tzinfo=SEOUL))


@pytest.fixture(autouse=True)
def one_by_one(settings):
    """Every notice is its own mail, however many wait, except in tests of digests."""
    settings.MAILS_AT_ONCE = 1_000


@pytest.fixture
def tuesday():
    with on(TUESDAY):
        yield TUESDAY


def walk(first, last, **of):
    """Write the notices of every day; returns who is reminded on which day, in order.

    ``of`` are fields by which the notices are filtered; with ``kind`` only that kind is written.
    """
    kinds = [kind for kind in KINDS if of.get("kind", kind.name) == kind.name]
    day, found = first, []
    while day <= last:
        with on(day):
            write_notices(day, kinds=kinds)
        rows = Notice.objects.filter(written_on=day, **of).order_by("person__name")
        found += [(day.isoformat(), n.person.name, n.stage) for n in rows]
        day += timedelta(1)
    return found


def outbox(person, count, **values):
    """``count`` unmailed notices to one person, as if written on a day."""
    given = {"kind": "review", "due_on": TUESDAY, "stage": "today", "written_on": TUESDAY}
    rows = [
        Notice(
            **given,
            subject=f"projects.review:{number}",
            person=person,
            address=person.email,
            headline=f"검토 {number}",
            body="본문",
            html="<p>본문</p>",
            link="/",
            message_id=f"<{number}@test>",
        )
        for number in range(count)
    ]
    for row in rows:
        for name, value in values.items():
            setattr(row, name, value)
    return Notice.objects.bulk_create(rows)


def in_words(day, **wanted):
    """One notice with its texts, as it would be mailed on a day."""
    notice = Notice.objects.select_related("person").get(**wanted)
    assert put_in_words([notice], day) == []
    return notice


def at_any_hour(person, **values):
    """Let mails go to a person at night and on days off, too."""
    hours = {"from_hour": 0, "until_hour": 24, "on_days_off": True}
    Preference.objects.update_or_create(person=person, defaults=hours | values)
    return person


@pytest.fixture
def person(db):
    return at_any_hour(factories.person("somebody"))


class Inbox:
    """A mail server that accepts mail. It refuses some addresses, closes a connection after some
    mails, or, once it has ``holds_at`` mails, does not answer until that is reset.
    """

    def __init__(self, *, refuses=(), drops_after=None):
        self.refuses, self.drops_after, self.holds_at = refuses, drops_after, None
        self.mails, self.changed = [], threading.Condition()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.refuses:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        with self.changed:
            self.mails.append(message_from_bytes(envelope.content))
            self.changed.notify_all()
        while self.holds_at is not None and len(self.mails) >= self.holds_at:
            await asyncio.sleep(0.01)
        session.mails = getattr(session, "mails", 0) + 1
        if session.mails == self.drops_after:
            server.transport.close()
        return "250 OK"

    def wait_for(self, condition, *, seconds):
        with self.changed:
            return self.changed.wait_for(condition, timeout=seconds)

    @property
    def message_ids(self):
        return [mail["Message-ID"] for mail in self.mails]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def mail_server(**behaviour):
    """A real SMTP server; yields its inbox and its port."""
    inbox, port = Inbox(**behaviour), free_port()
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield inbox, port
    finally:
        server.stop()
