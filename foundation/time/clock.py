"""The clock of the house: the real one, unless a moment is set (demo data, what-if)."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

MOMENT = ContextVar("moment", default=None)


def now():
    return MOMENT.get() or timezone.now()


def today():
    """The day in Korea."""
    return timezone.localdate(now())


@contextmanager
def at(moment):
    """Let everything inside happen at ``moment``."""
    token = MOMENT.set(moment)
    try:
        yield
    finally:
        MOMENT.reset(token)
