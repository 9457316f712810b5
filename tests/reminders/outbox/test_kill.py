"""SIGKILL of a real worker, with a real queue and a real mail server."""

import os
import signal
import subprocess
import sys
import uuid
from collections import Counter
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from config.celery import app
from reminders.models import Notice

from ..conftest import mail_server, outbox

NOTICES, WORKERS = 200, 2


@contextmanager
def worker(queue, port):
    """A Celery worker with two processes, in a process group of its own."""
    place = urlsplit(os.environ["DATABASE_URL"])
    database = place._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    names = {"DATABASE_URL": database, "EMAIL_URL": f"smtp://127.0.0.1:{port}"}
    names["MAILS_AT_ONCE"] = str(NOTICES)  # each its own mail, so that each can be missed
    words = ["worker", "-Q", queue, "--concurrency", str(WORKERS), "--loglevel", "ERROR"]
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "config", *words, "--without-mingle"],
        cwd=settings.BASE_DIR,
        env=os.environ | names,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        kill(process)


def kill(process):
    """SIGKILL to the worker and to all of its processes, as when a machine dies."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def rounds(queue, condition, inbox):
    """Start rounds as beat does, one after the other, until ``condition`` is true."""
    for _round in range(30):
        app.send_task("reminders.tasks.deliver", queue=queue)
        if inbox.wait_for(condition, seconds=2):
            return True
    return False


@pytest.mark.django_db(transaction=True)
def test_killed_workers_lose_nothing_and_doubles_are_recognisable(person):
    wanted = {notice.message_id for notice in outbox(person, NOTICES)}
    queue = f"kill-{uuid.uuid4().hex}"

    with mail_server() as (inbox, port):
        for holds_at in (60, 130):
            inbox.holds_at = holds_at
            with worker(queue, port) as process:
                assert rounds(queue, lambda: len(inbox.mails) >= inbox.holds_at, inbox)
                kill(process)
            inbox.holds_at = None
            assert Notice.objects.filter(mailed_at=None).count() >= NOTICES - holds_at
        with worker(queue, port) as process:
            assert rounds(queue, lambda: set(inbox.message_ids) == wanted, inbox)
            process.terminate()
            process.wait(timeout=30)

    assert not Notice.objects.filter(mailed_at=None).exists()
    doubled = [name for name, times in Counter(inbox.message_ids).items() if times > 1]
    assert 2 <= len(doubled) <= 2 * WORKERS
    assert len(inbox.mails) == NOTICES + len(doubled)
