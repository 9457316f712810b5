"""Daily digests: which notices are collected in one mail, and its text."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.engine.history import digest_of
from foundation.time import clock
from foundation.time.calendar import is_working_day, working_day_from
from foundation.time.deadlines import days_left

from ..models import DIGEST_AT, Digest, Notice, Preference
from .texts import KIND
from .unsubscribing import foot_of

LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('reminders.digests'))"
GROUPS = (
    ("late", _("Late")),
    ("today", _("Due today")),
    ("coming", _("Coming up")),
    ("news", _("News")),
)


@transaction.atomic
def gather():
    """Put the notices that wait for a digest into that of today or of the next working day.

    Only one worker does it at a time. Notices written after the digest of a person was made wait
    for the next one. A person with more than ``MAILS_AT_ONCE`` reminders gets them in one digest
    at once.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        if not cursor.fetchone()[0]:
            return
    now = clock.now()
    begin(Notice.objects.heaped(now, list(KIND)), now)
    rows = Notice.objects.for_digests(now)
    if is_time(now):
        begin(rows, now)
    rows.update(retry_at=next_digest(now))


def is_time(now):
    """Whether digests are made now: from 08:30 in Korea, on working days."""
    local = timezone.localtime(now)
    return is_working_day(local.date()) and local.time() >= DIGEST_AT


def next_digest(now):
    """The time of the next digest: today, if it is still to come, or on the next working day."""
    local = timezone.localtime(now)
    day = local.date() + timedelta(days=local.time() >= DIGEST_AT)
    return timezone.make_aware(datetime.combine(working_day_from(day), DIGEST_AT))


def begin(rows, now):
    """Make a digest of ``rows`` for each of their people who has none today."""
    today = timezone.localdate(now)
    people = User.objects.filter(pk__in=rows.values("person")).exclude(digests__day=today)
    made = [empty(person, today, now) for person in people.select_related("mail_preference")]
    Digest.objects.bulk_create(made)
    of_today = Digest.objects.filter(person=OuterRef("person"), day=today)
    mine = rows.filter(person__in=[digest.person_id for digest in made])
    mine.update(digest=Subquery(of_today.values("pk")))


def empty(person, day, now):
    """An unsaved digest; the same person and day always give the same Message-ID."""
    name = digest_of([settings.SITE_URL, "digest", person.pk, str(day)])[:40]
    return Digest(
        person=person,
        day=day,
        address=person.email,
        message_id=f"<{name}@digest>",
        retry_at=Preference.of(person).opens(now),
    )


def word_digest(digest, notices):
    """Write headline and both texts of a digest of ``notices``, which have their texts."""
    person, today = digest.person, clock.today()
    digest.listed = notices
    with translation.override(person.language):
        words = {
            "person": person,
            "day": today,
            "count": len(notices),
            "groups": grouped(notices, today),
            "is_heap": not Preference.of(person).digest or any(not n.topic for n in notices),
            "site": settings.SITE_URL,
            **foot_of(person, digest.topic),
        }
        headline = " ".join(render_to_string("notices/digest_headline.txt", words).split())
        words["headline"] = digest.headline = headline
        digest.body = render_to_string("notices/digest.txt", words)
        digest.html = render_to_string("notices/digest.html", words)


def grouped(notices, today):
    """Pairs of a heading and its notices, most urgent first, without empty headings."""
    ordered = sorted(notices, key=lambda notice: (notice.due_on, notice.pk))
    groups = [(label, [n for n in ordered if group_of(n, today) == name]) for name, label in GROUPS]
    return [(label, found) for label, found in groups if found]


def group_of(notice, today):
    if notice.stage == "news":
        return "news"
    days = days_left(notice.due_on, today)
    return "late" if days < 0 else "today" if days == 0 else "coming"
