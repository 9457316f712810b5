"""Cache of a value that costs a query, in this process, for a limited time."""

import time
from contextlib import contextmanager
from contextvars import ContextVar


class TimedCache:
    """Caches what ``read()`` returns; a change by another process is seen within ``seconds``.

    The process that changes the value calls ``clear`` and sees the change at once.
    """

    def __init__(self, read, seconds):
        self.read, self.seconds = read, seconds
        self.value, self.until = None, 0
        self.fixed = ContextVar("fixed", default=None)

    def __call__(self):
        if (fixed := self.fixed.get()) is not None:
            return fixed
        if time.monotonic() >= self.until:
            self.value = self.read()
            self.until = time.monotonic() + self.seconds
        return self.value

    def clear(self):
        self.until = 0

    @contextmanager
    def override(self, value):
        """Return ``value`` inside this context, whatever is stored."""
        token = self.fixed.set(value)
        try:
            yield value
        finally:
            self.fixed.reset(token)
