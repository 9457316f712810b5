"""Fixtures for browser tests: Chromium, where it is installed, and axe-core."""

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

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright runs its own event loop


@pytest.fixture(scope="module")
def chromium():
    """One browser for the tests of a file; while it runs, this thread has an event loop.

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
def all_requests_answered(chromium, live_server, transactional_db):
    """Wait at the end of a test until the server has answered every request of its pages.

    Otherwise the last requests and the emptying of the tables wait for each other's locks.
    """
    yield
    for context in chromium.contexts:
        context.close()
    until = time.monotonic() + 20
    while answering() and time.monotonic() < until:
        time.sleep(0.02)


def answering():
    """The server's threads that answer requests, one for each connection of a browser."""
    return [one for one in threading.enumerate() if "process_request_thread" in one.name]
