"""Health check: web, database, Redis, a worker, the scheduler; and the queue of notices."""

import ipaddress

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache

from config.celery import app
from reminders.outbox.monitoring import as_metrics, state


@never_cache
@login_not_required
def healthz(request):
    """200 while every part answers, 503 with the part that does not; and how full the outbox is."""
    parts = {"database": database, "redis": broker, "worker": worker}
    found = {"web": True} | {name: answers(part) for name, part in parts.items()}
    seen = answers(state)
    found["beat"] = bool(seen) and seen.beat_is_alive
    status = 200 if all(found.values()) else 503
    return JsonResponse(found | {"notices": seen and outbox(seen)}, status=status)


@never_cache
@login_not_required
def metrics(request):
    """For Prometheus: with the token that is set, or else from this machine alone."""
    if not may_measure(request):
        raise Http404
    return HttpResponse(as_metrics(state()), content_type="text/plain; version=0.0.4")


def may_measure(request):
    """Whether the token is right; if none is set, whether this machine asks without a proxy."""
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}")
    forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return not forwarded and is_loopback(request.META.get("REMOTE_ADDR", ""))


def is_loopback(address):
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


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


def outbox(found):
    return {
        "queued": found.queued,
        "oldest_seconds": found.oldest,
        "failed": found.failed,
        "beat_seconds": found.beat_age,
    }
