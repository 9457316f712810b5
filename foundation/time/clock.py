"""The clock of the system: the real one, unless a moment is set (demo data, what-if)."""

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
    """Set the clock to ``moment`` inside this context."""
    token = MOMENT.set(moment)
    try:
        yield
    finally:
        MOMENT.reset(token)
