"""A value that costs a query, kept in this process for a while."""

import time
from contextlib import contextmanager
from contextvars import ContextVar


class Kept:
    """What ``read`` gave, at most ``seconds`` old: so long another process may know better.

    Where it is changed it is forgotten, so that the process that writes knows at once.
    """

    def __init__(self, read, seconds):
        self.read, self.seconds = read, seconds
        self.value, self.until = None, 0
        self.given = ContextVar("given", default=None)

    def __call__(self):
        if (given := self.given.get()) is not None:
            return given
        if time.monotonic() >= self.until:
            self.value = self.read()
            self.until = time.monotonic() + self.seconds
        return self.value

    def forget(self):
        self.until = 0

    @contextmanager
    def being(self, value):
        """Let everything inside find ``value``, whatever is stored."""
        token = self.given.set(value)
        try:
            yield value
        finally:
            self.given.reset(token)
