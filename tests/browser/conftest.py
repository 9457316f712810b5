"""A real Chromium before a real server, where the machine has one."""

import os
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings

CHROMIUM = os.environ.get("CHROMIUM", "")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright runs a loop of its own


@pytest.fixture(scope="module")
def chromium():
    """One browser for the tests of a file; while it runs, this thread has an event loop of its.

    Documents are signed with ``asyncio.run``, which refuses to run beside another loop.
    """
    if not CHROMIUM:
        pytest.skip("no Chromium is installed on this machine")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- only where there is a browser

    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe():
    """The source of axe-core, from the locked packages."""
    found = Path(settings.BASE_DIR) / ".house/npm/node_modules/axe-core/axe.min.js"
    return found.read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def at_rest(chromium, live_server, transactional_db):
    """A page may still ask when its test ends; the tables are emptied once nobody is answered.

    Else what is asked last and the emptying wait for each other's locks.
    """
    yield
    for context in chromium.contexts:
        context.close()
    until = time.monotonic() + 20
    while answering() and time.monotonic() < until:
        time.sleep(0.02)


def answering():
    """The server's threads, one for each connection of a browser."""
    return [one for one in threading.enumerate() if "process_request_thread" in one.name]
