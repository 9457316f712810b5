"""Write the reminders that are due today as rows of the outbox, many in one statement."""

from datetime import datetime
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models.expressions import RawSQL
from django.utils import timezone

from foundation.time import clock
from foundation.time.calendar import add_working_days, is_working_day
from foundation.time.deadlines import days_left
from reminders.matters.escalation import levels
from reminders.matters.kinds import KINDS
from reminders.matters.paths import of_call
from reminders.matters.schedules import all_rules, divided

from .models import Notice
from .recipients import ReminderRequest, recipients_sql, run
from .topics import ESCALATED

DAYS_BETWEEN = 5  # working days between two reminders of one escalation level
BATCH = 10_000  # matters read in one batch

KEYS = "SELECT unnest(%s::bigint[])"  # one value, however many keys

# The same facts always give the same Message-ID (RFC 5322).
FACTS = """
    SELECT one.*, '<' || left(encode(sha256(convert_to(
        concat_ws(E'\\n', %s::text, %s::text, one.id, one.due, one.stage, one.person), 'UTF8'
    )), 'hex'), 40) || '@' || %s::text || '>'
    FROM ({recipients}) AS one (id, due, stage, person)
"""
READ = "WITH {matters} {facts} ORDER BY one.id, one.person"
WRITE = """
    WITH {matters}
    INSERT INTO reminders_notice (kind, subject, matter, person_id, due_on, stage, topic,
        written_on, address, message_id, retry_at, headline, body, html, link, attempts, last_error)
    SELECT %s, %s || ':' || fact.id, %s, fact.person, fact.due, fact.stage,
        CASE WHEN fact.stage LIKE 'before%%' THEN %s
            WHEN fact.stage LIKE 'up-%%' THEN %s ELSE '' END,
        %s, person.email, fact.name,
        CASE WHEN fact.stage = 'today' AND coalesce(chosen.until_hour, 24) > %s THEN %s ELSE %s END,
        '', '', '', '', 0, ''
    FROM ({facts}) AS fact (id, due, stage, person, name)
    JOIN accounts_user AS person ON person.id = fact.person
    LEFT JOIN reminders_preference AS chosen ON chosen.person_id = person.id
    ORDER BY fact.id, fact.person
    ON CONFLICT DO NOTHING
"""


class Reminder(NamedTuple):
    """A reminder of one open matter to one person, at the stage that it has reached."""

    record: int
    due: object
    stage: str
    person: int
    message_id: str


def write_notices(today, *, kinds=KINDS, say=lambda text: None):
    """Write every reminder of ``kinds`` that is due and not yet written; returns how many are new.

    Running it twice changes nothing, and of two runs at once only one writes.
    No reminders are written on weekends and holidays.
    """
    written, rules = 0, all_rules()
    for kind in kinds if is_working_day(today) else ():
        for request in reminder_requests(kind, today, rules):
            if new := write(request):
                say(f"{kind.name}: {new}")
            written += new
    return written


def reminder_requests(kind, today, rules, call=None):
    """Requests for the matters of a kind that are due soon, due today or overdue, in batches.

    An overdue matter is escalated as its kind sets; nobody is reminded twice of one matter.
    With ``call``: only its matters.
    """
    if not kind.reminds:
        return
    rows = kind.open(today)
    for schedule, matters in divided(kind, of_call(rows, call) if call else rows, rules):
        reach = max(schedule.reach, first_escalation(kind, schedule))
        due = matters.filter(due__lte=add_working_days(today, reach))
        yield from batches(kind, due, schedule, today)


def first_escalation(kind, schedule):
    """How many working days before the due day others are reminded; 0: not before it."""
    steps = levels(kind.escalation, schedule.climbs)
    return max((-late for _rank, late, _level in steps), default=0)


def batches(kind, due, schedule, today):
    """Requests of up to ``BATCH`` matters each, with the steps of each due day."""
    permissions = (kind.permission, *(level.permission for level in kind.escalation))
    keys = due.order_by("pk").values_list("pk", "due").iterator(BATCH)
    while batch := list(islice(keys, BATCH)):
        days = sorted({day for _pk, day in batch})
        found = ((day, steps_of(kind, days_left(day, today), schedule)) for day in days)
        steps = tuple((day, *step) for day, some in found for step in some)
        keys_of_batch = [pk for pk, _day in batch]
        matters = due.filter(pk__in=RawSQL(KEYS, [keys_of_batch]))  # noqa: S611 -- a value, no SQL text
        if steps:
            yield ReminderRequest(kind, matters, permissions, steps, today)


def steps_of(kind, days, schedule):
    """(rank, stage) of the reminders with ``days`` working days left: rank 0, then each level."""
    if stage := schedule.stage(days):
        yield 0, stage
    for rank, late, _level in levels(kind.escalation, schedule.climbs):
        if -days >= late:
            yield rank, f"up-{rank}-{(-days - late) // DAYS_BETWEEN}"


def write(request):
    """Write the reminders of a request; returns how many are new."""
    label = request.kind.model._meta.label_lower
    matters, facts, (values, named) = facts_of(request)
    name = request.kind.name
    now = clock.now()
    last = on_the_last_day(request, now)
    words = [name, label, request.kind.matter, name, ESCALATED, request.today]
    words += [timezone.localtime(last).hour, last, now]
    sql = WRITE.format(matters=matters, facts=facts)
    with run(sql, [*values, *words, *named]) as cursor:
        return cursor.rowcount


def on_the_last_day(request, now):
    """When a reminder on the due day is mailed: at once, or not before ``last_at`` in Korea.

    A person whose mail hours end before that gets it at once.
    """
    if request.kind.last_at is None:
        return now
    return max(now, timezone.make_aware(datetime.combine(request.today, request.kind.last_at)))


def facts_of(request):
    """The SQL of the WITH clause, the SQL of the reminders, and the parameters of each."""
    matters, rows, values = recipients_sql(request)
    site, label = settings.SITE_URL, f"{request.kind.name} {request.kind.model._meta.label_lower}"
    named = [site, label, urlsplit(site).hostname]
    return matters, FACTS.format(recipients=rows), (values, named)


def reminders(kind, today, rules, call=None):
    """The reminders of a kind that are due today, also those written already. Writes nothing."""
    for request in reminder_requests(kind, today, rules, call):
        matters, facts, (values, named) = facts_of(request)
        with run(READ.format(matters=matters, facts=facts), [*values, *named]) as rows:
            yield from map(Reminder._make, rows)


def unwritten(kinds, today, rules, call=None):
    """Pairs of a kind and a batch of its reminders that are due and not yet written."""
    for kind in kinds if is_working_day(today) else ():
        due = reminders(kind, today, rules, call)
        while batch := list(islice(due, BATCH)):
            names = [reminder.message_id for reminder in batch]
            known = set(Notice.objects.known(names).values_list("message_id", flat=True))
            if fresh := [reminder for reminder in batch if reminder.message_id not in known]:
                yield kind, fresh
