"""State of the mail queue and the scheduler, for the health page, metrics and administrators."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Min, Q

from foundation.time import clock

from .models import UNSENT, Lease, Notice

SILENT = timedelta(minutes=2)  # without a heartbeat for longer, the scheduler has stopped


@dataclass(frozen=True)
class State:
    """Numbers of notices; ages are in whole seconds, None if there is nothing to measure."""

    queued: int
    overdue: int  # of the queued, those that should have been mailed by now
    oldest: int | None  # the age of the oldest overdue one
    put_off: int  # failed at least once, to be tried again
    failed: int
    beat_age: int | None
    beat_holder: str

    @property
    def beat_is_alive(self):
        return self.beat_age is not None and self.beat_age <= SILENT.total_seconds()


def state():
    """Read the state; the cost depends on the unsent notices, not on those already sent."""
    now = clock.now()
    late = Q(retry_at__lte=now)
    queue = Notice.objects.filter(UNSENT).aggregate(
        queued=Count("pk"),
        overdue=Count("pk", filter=late),
        oldest=Min("retry_at", filter=late),
        put_off=Count("pk", filter=Q(attempts__gt=0)),
    )
    queue["oldest"] = age(queue["oldest"], now)
    beat = Lease.objects.filter(name="beat").first()
    return State(
        **queue,
        failed=Notice.objects.failed().count(),
        beat_age=age(beat and beat.renewed_at, now),
        beat_holder=beat.holder if beat else "",
    )


def age(moment, now):
    return None if moment is None else max(0, int((now - moment).total_seconds()))


GAUGES = (
    ("notices_queued", "Notices that are not mailed yet.", "queued"),
    ("notices_overdue", "Notices that should have been mailed by now.", "overdue"),
    ("notices_oldest_seconds", "Age of the oldest notice that is to be mailed.", "oldest"),
    ("notices_put_off", "Notices that failed and will be tried again.", "put_off"),
    ("notices_failed", "Notices that somebody has to decide about.", "failed"),
    ("beat_age_seconds", "Time since the scheduler was last heard of.", "beat_age"),
)


def as_metrics(found):
    """The state in the text format of Prometheus, version 0.0.4; unknown values are NaN."""
    lines = []
    for name, help_text, field in GAUGES:
        value = getattr(found, field)
        none = 0 if field == "oldest" else "NaN"
        lines += [
            f"# HELP house_{name} {help_text}",
            f"# TYPE house_{name} gauge",
            f"house_{name} {none if value is None else value}",
        ]
    return "\n".join(lines) + "\n"
