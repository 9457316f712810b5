"""Is everything up: web, database, Redis and a worker."""

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache

from config.celery import app


@never_cache
@login_not_required
def healthz(request):
    """200 while every part answers, 503 with the part that does not."""
    parts = {"database": database, "redis": broker, "worker": worker}
    found = {"web": True} | {name: answers(part) for name, part in parts.items()}
    return JsonResponse(found, status=200 if all(found.values()) else 503)


def answers(part):
    try:
        return part()
    except Exception:  # noqa: BLE001 -- whatever it is, the part is not up
        return False


def database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def broker():
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1).ping()


def worker():
    return bool(app.control.inspect(timeout=1).ping())
