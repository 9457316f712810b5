"""The cache that all processes share: counted tries of sign-in, signing and checks."""

import logging

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


class SharedCache(BaseCache):
    """Redis; while it does not answer, each process has a cache of its own, and pages go on.

    Limits are then counted for each process, and again from nothing once Redis is back.
    """

    def __init__(self, server, params):
        super().__init__(params)
        self.shared = RedisCache(server, params)
        self.own = LocMemCache("while Redis is away", params | {"OPTIONS": {}})

    def ask(self, operation, *args, **options):
        """Do one operation in Redis, or in the process's own cache if Redis does not answer."""
        try:
            return getattr(self.shared, operation)(*args, **options)
        except RedisError as reason:
            log.warning("Redis does not answer (%s): this process counts for itself.", reason)
            return getattr(self.own, operation)(*args, **options)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        return self.ask("add", key, value, timeout=timeout, version=version)

    def get(self, key, default=None, version=None):
        return self.ask("get", key, default, version=version)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        return self.ask("set", key, value, timeout=timeout, version=version)

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        return self.ask("touch", key, timeout=timeout, version=version)

    def delete(self, key, version=None):
        return self.ask("delete", key, version=version)

    def incr(self, key, delta=1, version=None):
        return self.ask("incr", key, delta, version=version)

    def clear(self):
        """Delete the keys of this cache only: the queue of Celery may be in the same database."""
        self.own.clear()
        try:
            client = self.shared._cache.get_client(write=True)
            if keys := list(client.scan_iter(match=f"{self.key_prefix}:*", count=1_000)):
                client.delete(*keys)
        except RedisError as reason:
            log.warning("Redis does not answer (%s): nothing is cleared there.", reason)
