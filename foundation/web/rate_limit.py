"""Rate limits: tries are counted in the cache that all processes share."""

from contextlib import suppress
from dataclasses import dataclass

from django.core.cache import cache


@dataclass(frozen=True)
class Limit:
    """At most ``most`` tries in ``seconds`` for each key."""

    name: str
    most: int
    seconds: int

    def address(self, key):
        return f"limit:{self.name}:{key}"

    def is_reached(self, key):
        return cache.get(self.address(key), 0) >= self.most

    def count(self, key):
        """One more try; the time runs from the first one."""
        if not cache.add(self.address(key), 1, self.seconds):
            with suppress(ValueError):  # its time ran out just now
                cache.incr(self.address(key))

    def forget(self, key):
        cache.delete(self.address(key))
