"""Which reminder is due today, and to whom: written as facts, many at once."""

from datetime import datetime
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import DateField, Value
from django.db.models.expressions import RawSQL
from django.utils import timezone

from accounts.models import User
from foundation.time import clock
from foundation.time.calendar import add_working_days, is_working_day
from foundation.time.deadlines import days_left
from reminders.matters.escalation import rungs
from reminders.matters.kinds import KINDS
from reminders.matters.paths import of_call
from reminders.matters.schedules import all_rules, divided

from .models import Notice
from .recipients import Ask, run, told
from .topics import ESCALATED

DAYS_BETWEEN = 5  # working days between two reminders of one rung
BATCH = 10_000  # matters looked at in one transaction

KEYS = "SELECT unnest(%s::bigint[])"  # one value, however many keys

# The same facts always give the same Message-ID (RFC 5322), whoever writes or mails it.
FACTS = """
    SELECT told.*, '<' || left(encode(sha256(convert_to(
        concat_ws(E'\\n', %s::text, %s::text, told.id, told.due, told.stage, told.person), 'UTF8'
    )), 'hex'), 40) || '@' || %s::text || '>'
    FROM ({told}) AS told (id, due, stage, person)
"""
READ = "WITH {matters} {facts} ORDER BY told.id, told.person"
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
    """That one person must be told of one open matter, at the stage it has reached."""

    record: int
    due: object
    stage: str
    person: int
    message_id: str


def write_notices(today, *, kinds=KINDS, say=lambda text: None):
    """Write every reminder of ``kinds`` that is due and not yet written; returns how many are new.

    Running it twice changes nothing, and of two that run at once only one writes.
    There are none on a day that is no working day.
    """
    written, rules = 0, all_rules()
    for kind in kinds if is_working_day(today) else ():
        for ask in asks(kind, today, rules):
            if new := write(ask):
                say(f"{kind.name}: {new}")
            written += new
    return written


def asks(kind, today, rules, call=None):
    """What is due within the days before, has passed or is today, in batches of matters.

    Once it is late it climbs the ladder of its kind; nobody is told twice of one matter.
    With ``call``: only what belongs to it.
    """
    if not kind.reminds:
        return
    rows = kind.open(today)
    for schedule, matters in divided(kind, of_call(rows, call) if call else rows, rules):
        reach = max(schedule.reach, first_climb(kind, schedule))
        due = matters.filter(due__lte=add_working_days(today, reach))
        yield from batches(kind, due, schedule, today)


def first_climb(kind, schedule):
    """How many working days before the day somebody else hears of it; 0: not before."""
    return max((-late for _rank, late, _rung in rungs(kind.ladder, schedule.climbs)), default=0)


def batches(kind, due, schedule, today):
    """Some matters and the steps of their days, as often as there are more of them."""
    permissions = (kind.permission, *(rung.permission for rung in kind.ladder))
    keys = due.order_by("pk").values_list("pk", "due").iterator(BATCH)
    while batch := list(islice(keys, BATCH)):
        days = sorted({day for _pk, day in batch})
        found = ((day, steps_of(kind, days_left(day, today), schedule)) for day in days)
        steps = tuple((day, *step) for day, some in found for step in some)
        keys_of_batch = [pk for pk, _day in batch]
        matters = due.filter(pk__in=RawSQL(KEYS, [keys_of_batch]))  # noqa: S611 -- a value, no text
        if steps:
            yield Ask(kind, matters, permissions, steps, today)


def steps_of(kind, days, schedule):
    """What is told with ``days`` left, as (rank, stage): whose turn it is, then each rung."""
    if stage := schedule.stage(days):
        yield 0, stage
    for rank, late, _rung in rungs(kind.ladder, schedule.climbs):
        if -days >= late:
            yield rank, f"up-{rank}-{(-days - late) // DAYS_BETWEEN}"


def write(ask):
    """Write the reminders of some matters; returns how many are new."""
    label = ask.kind.model._meta.label_lower
    matters, facts, (values, named) = facts_of(ask)
    name = ask.kind.name
    now = clock.now()
    last = on_the_last_day(ask, now)
    words = [name, label, ask.kind.matter, name, ESCALATED, ask.today]
    words += [timezone.localtime(last).hour, last, now]
    sql = WRITE.format(matters=matters, facts=facts)
    with run(sql, [*values, *words, *named]) as cursor:
        return cursor.rowcount


def on_the_last_day(ask, now):
    """When a reminder of the last day is mailed: at once, or not before its hour in Korea.

    Whose mails stop before that hour gets it at once.
    """
    if ask.kind.last_at is None:
        return now
    return max(now, timezone.make_aware(datetime.combine(ask.today, ask.kind.last_at)))


def facts_of(ask):
    """The statement's beginning, its rows, and the values of each."""
    matters, rows, values = told(ask)
    site, label = settings.SITE_URL, f"{ask.kind.name} {ask.kind.model._meta.label_lower}"
    named = [site, label, urlsplit(site).hostname]
    return matters, FACTS.format(told=rows), (values, named)


def reminders(kind, today, rules, call=None):
    """What would be written today of a kind, whether or not it is written already."""
    for ask in asks(kind, today, rules, call):
        matters, facts, (values, named) = facts_of(ask)
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


def people(kind, record, today, permission=""):
    """Each holder of the permission once, and who stands in for one; by default who must act.

    Left out are those whom four eyes or an interest bar from the move. What was handed
    over to one of them is that person's alone, and their deputy's.
    """
    day = Value(today, output_field=DateField())
    matters = kind.model.objects.filter(pk=record.pk).annotate(due=day)
    rank = 1 if permission else 0
    ask = Ask(kind, matters, (kind.permission, permission)[: rank + 1], ((today, rank, ""),), today)
    begin, rows, values = told(ask)
    with run(f"WITH {begin} {rows}", values) as found:
        keys = [row[3] for row in found]
    return list(User.objects.filter(pk__in=keys).order_by("pk"))
