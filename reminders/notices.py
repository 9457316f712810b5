"""Which reminder is due today, in whose words, to whom."""

import hashlib

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from accounts.models import Membership
from foundation.calendar import (
    add_working_days,
    is_working_day,
    working_day_from,
    working_days_between,
)

from .deadlines import KINDS
from .models import Notice

DAYS_BEFORE, DAYS_BETWEEN = 3, 5
BATCH = 500


def stage_of(due, today):
    """The stage a matter has reached: before, today, after-0, after-1 …; empty if none yet.

    A stage lasts until the next one, so that a day on which nothing ran is caught up.
    """
    late = working_days_between(working_day_from(due), today)
    if late > 0:
        return f"after-{(late - 1) // DAYS_BETWEEN}"
    if late == 0:
        return "today"
    return "before" if late >= -DAYS_BEFORE else ""


def write_notices(today, *, say=lambda text: None):
    """Write every reminder that is due and not yet written; returns how many are new.

    Nothing is written on a day that is no working day. Running it twice changes nothing.
    """
    if not is_working_day(today):
        return 0
    return sum(write_kind(kind, today, say) for kind in KINDS if kind.due)


def write_kind(kind, today, say):
    horizon = add_working_days(today, DAYS_BEFORE)
    before = Notice.objects.filter(kind=kind.name).count()
    batch = []
    for record in kind.open(today).filter(due__lte=horizon).order_by("pk").iterator(BATCH):
        batch += notices_for(kind, record, today)
        if len(batch) >= BATCH:
            Notice.objects.bulk_create(batch, ignore_conflicts=True)
            batch = []
    Notice.objects.bulk_create(batch, ignore_conflicts=True)
    new = Notice.objects.filter(kind=kind.name).count() - before
    say(f"{kind.name}: {new}")
    return new


def notices_for(kind, record, today):
    """One notice for each person who must act, in their language."""
    stage = stage_of(record.due, today)
    if not stage:
        return
    barred = {getattr(record, f"{field}_id") for field in kind.never_by}
    people = {}
    for post in Membership.objects.active(today).holding(kind.permission, record):
        people[post.user_id] = post.user
    for pk in sorted(people.keys() - barred):
        yield notice(kind, record, people[pk], stage, today)


def notice(kind, record, person, stage, today):
    days = working_days_between(today, working_day_from(record.due))
    link = f"{settings.SITE_URL}{record.get_absolute_url()}"
    facts = {"kind": kind, "record": record, "person": person, "due": record.due, "days": days}
    with translation.override(person.language):
        words = facts | {"link": link, "late": -days, "title": str(record)}
        headline = render_to_string("notices/headline.txt", words).strip()
        body = render_to_string("notices/reminder.txt", words)
        html = render_to_string("notices/reminder.html", words | {"headline": headline})
    return Notice(
        kind=kind.name,
        subject=record.reference,
        person=person,
        due_on=record.due,
        stage=stage,
        written_on=today,
        address=person.email,
        headline=headline[:300],
        body=body,
        html=html,
        link=record.get_absolute_url(),
        message_id=message_id(kind, record, stage, person),
    )


def message_id(kind, record, stage, person):
    """The same facts always give the same Message-ID (RFC 5322), on any worker."""
    facts = f"{kind.name}|{record.reference}|{record.due}|{stage}|{person.pk}"
    return f"<{hashlib.sha256(facts.encode()).hexdigest()[:40]}@reminders.house>"
