"""Counted tries are shared by all processes; without Redis each counts for itself."""

import subprocess
import sys

import pytest
import redis
from django.conf import settings
from django.core.cache import cache

from foundation.web.rate_limit import Limit
from foundation.web.shared_cache import SharedCache

LIMIT = Limit("shared", most=2, seconds=60)
ANOTHER_PROCESS = """
import sys, django
django.setup()
from django.conf import settings
settings.CACHES["default"]["KEY_PREFIX"] = sys.argv[1]
from foundation.web.rate_limit import Limit
Limit("shared", most=2, seconds=60).count("a")
"""


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


def test_tries_of_another_process_count():
    LIMIT.count("a")
    assert not LIMIT.is_reached("a")
    prefix = settings.CACHES["default"]["KEY_PREFIX"]
    subprocess.run([sys.executable, "-c", ANOTHER_PROCESS, prefix], check=True)

    assert LIMIT.is_reached("a")


def test_what_others_keep_in_the_same_redis_is_not_cleared():
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.set("a queue of Celery", "1", ex=60)
    LIMIT.count("a")

    cache.clear()

    assert client.get("a queue of Celery") == b"1"
    assert not LIMIT.is_reached("a")


def test_without_redis_this_process_counts_for_itself():
    away = SharedCache("redis://127.0.0.1:1", {"KEY_PREFIX": "away"})

    assert away.add("tries", 1, 60)
    assert away.incr("tries") == 2
    assert away.get("tries") == 2
    away.clear()
    assert away.get("tries", 0) == 0
