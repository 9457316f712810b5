"""Which reminder is due today, in whose words, to whom."""

from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from accounts.models import Membership, User
from foundation.calendar import add_working_days, is_working_day
from foundation.history import digest_of
from foundation.models import Record
from foundation.workflow import people_at

from .deadlines import KINDS, Kind, days_left
from .models import Notice

DAYS_BEFORE, DAYS_BETWEEN = 3, 5
BATCH = 500


@dataclass(frozen=True)
class Reminder:
    """That one person must be told of one open matter, at the stage it has reached."""

    kind: Kind
    record: Record
    person: User
    stage: str
    advice: str = ""  # of an escalation: what this person can do about it

    @property
    def message_id(self):
        """The same facts always give the same Message-ID (RFC 5322), on any worker."""
        matter = [self.kind.name, self.record.reference, str(self.record.due), self.stage]
        facts = [settings.SITE_URL, *matter, self.person.pk]
        return f"<{digest_of(facts)[:40]}@{urlsplit(settings.SITE_URL).hostname}>"


def write_notices(today, *, say=lambda text: None):
    """Write every reminder that is due and not yet written; returns how many are new.

    Running it twice changes nothing, and of two that run at once only one writes.
    """
    written = 0
    for kind, batch in unwritten(today):
        Notice.objects.bulk_create(
            [notice(reminder, today) for reminder in batch], ignore_conflicts=True
        )
        new = Notice.objects.known(ids(batch)).count()
        say(f"{kind.name}: {new}")
        written += new
    return written


def unwritten(today):
    """Pairs of a kind and a batch of its reminders that are due and not yet written.

    There are none on a day that is no working day.
    """
    for kind in KINDS if is_working_day(today) else ():
        due = reminders(kind, today) if kind.reminds else iter(())
        while batch := list(islice(due, BATCH)):
            known = set(Notice.objects.known(ids(batch)).values_list("message_id", flat=True))
            if fresh := [reminder for reminder in batch if reminder.message_id not in known]:
                yield kind, fresh


def ids(batch):
    return [reminder.message_id for reminder in batch]


def reminders(kind, today):
    """What is due within the days before, has passed or is today: to each who must act.

    Once it is late it climbs the ladder of its kind; nobody is told twice of one matter.
    """
    horizon = add_working_days(today, DAYS_BEFORE)
    for record in kind.open(today).filter(due__lte=horizon).order_by("pk").iterator(BATCH):
        told = set()
        for permission, stage, advice in steps(kind, record, today):
            for person in people(kind, record, today, permission):
                if person.pk not in told:
                    yield Reminder(kind, record, person, stage, advice)
                told.add(person.pk)


def steps(kind, record, today):
    """Who is told today, as (permission, stage, advice): who must act, then each rung.

    Without a permission: whose turn it is.
    """
    if stage := stage_of(record.due, today):
        yield "", stage, ""
    late = -days_left(record.due, today)
    for rung in kind.ladder:
        if late >= rung.late:
            yield (
                rung.permission,
                f"up-{rung.late}-{(late - rung.late) // DAYS_BETWEEN}",
                rung.advice,
            )


def stage_of(due, today):
    """The stage a matter has reached: before, today, after-0, after-1 …; empty if none yet.

    A stage lasts until the next one, so that a day on which nothing ran is caught up.
    """
    days = days_left(due, today)
    if days < 0:
        return f"after-{(-days - 1) // DAYS_BETWEEN}"
    if days == 0:
        return "today"
    return "before" if days <= DAYS_BEFORE else ""


def people(kind, record, today, permission=""):
    """Each holder of the permission once, and who stands in for one; by default who must act.

    Left out are those whom four eyes or an interest bar from the move. What was handed
    over to one of them is that person's alone, and their deputy's.
    """
    barred = {person for path in kind.never_by for person in people_at(record, path)}
    posts = Membership.objects.active(today).holding(permission or kind.permission, record)
    holder = getattr(record, f"{kind.held}_id") if kind.held and not permission else None
    if holder and posts.filter(user=holder).exists():
        posts = posts.filter(user=holder)
    return list(User.objects.acting_in(posts, today).exclude(pk__in=barred).order_by("pk"))


def notice(reminder, today):
    """The outbox row of a reminder, in the words of the person's language."""
    record, person = reminder.record, reminder.person
    with translation.override(person.language):
        words = in_words(reminder, days_left(record.due, today))
        headline = " ".join(render_to_string("notices/headline.txt", words).split())
        words["headline"] = headline
        body = render_to_string("notices/reminder.txt", words)
        html = render_to_string("notices/reminder.html", words)
    return Notice(
        kind=reminder.kind.name,
        subject=record.reference,
        person=person,
        due_on=record.due,
        stage=reminder.stage,
        written_on=today,
        address=person.email,
        headline=headline[:300],
        body=body,
        html=html,
        link=record.get_absolute_url(),
        message_id=reminder.message_id,
    )


def in_words(reminder, days):
    """What the mail's templates know."""
    record = reminder.record
    return {
        "kind": reminder.kind,
        "advice": reminder.advice,
        "holder": reminder.kind.holder_of(record),
        "person": reminder.person,
        "title": str(record),
        "due": record.due,
        "days": days,
        "late": -days,
        "link": f"{settings.SITE_URL}{record.get_absolute_url()}",
    }
