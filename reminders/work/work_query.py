"""Query of my work: a person's open matters of every kind, found and counted at once."""

from dataclasses import dataclass, field, replace

from django.core.exceptions import EmptyResultSet
from django.db.models import BigIntegerField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from foundation.time.deadlines import latest_due
from reminders.matters.kinds import KINDS
from reminders.matters.paths import of_agreement, of_call, ways_of
from reminders.matters.schedules import climbed_to, climbing_rules
from reminders.outbox.recipients import SqlParams, run

MOST = 500  # rows of a stream that are read; more are counted as “500+”
WITH_ADVICE = [kind for kind in KINDS if kind.advice]
MINE, CLIMBED, AWAITED = "mine", "climbed", "awaited"

FOUND = """
    WITH matter (stream, id, due{columns}) AS ({matters}),
    placed AS (
        SELECT stream, id, due,
            row_number() OVER each AS place,
            count(*) OVER all_of AS found,
            count(due) OVER all_of AS dated,
            count(*) FILTER (WHERE due <= %s) OVER all_of AS late,
            count(*) FILTER (WHERE due <= %s) OVER all_of AS pressing
        FROM matter
        WINDOW all_of AS (PARTITION BY stream),
            each AS (PARTITION BY stream ORDER BY due NULLS LAST, id)
    )
    SELECT stream, id, due, place > %s AND place <= %s AND (place <= late OR NOT %s),
        found, dated, late, pressing{wholes}
    FROM placed WHERE place = 1 OR place > %s AND place <= %s
    ORDER BY stream, place
"""
WHOLES = """
    SELECT array_agg(DISTINCT call), array_agg(DISTINCT agreement)
    FROM ({matters}) AS matter (stream, id, due, call, agreement)
"""
BESIDE = """,
        (SELECT array_agg(DISTINCT call) FROM matter),
        (SELECT array_agg(DISTINCT agreement) FROM matter)
"""


@dataclass(frozen=True)
class Page:
    """The rows wanted of each stream: after place ``first``, up to place ``last``."""

    first: int
    last: int
    late: bool = False


@dataclass
class Stream:
    """The matters of one kind: own (mine), escalated (climbed) or of others (awaited).

    ``found`` is the number of rows, at most ``MOST`` + 1, of which ``dated`` have a due day,
    ``late`` are overdue and ``pressing`` overdue or due today; ``keys`` are (key, due) of the page.
    """

    part: str
    kind: object
    rows: QuerySet
    advice: str = ""
    found: int = 0
    dated: int = 0
    late: int = 0
    pressing: int = 0
    keys: list = field(default_factory=list)


def mine(user, today, kinds=KINDS):
    for kind in kinds:
        if user.may_somewhere(kind.permission):
            yield Stream(MINE, kind, kind.work_of(user, today), kind.advice)


def climbed(user, today, rules):
    """Overdue matters of others that are escalated to ``user``, with advice what they can do."""
    for kind in KINDS:
        for level, late in levels_of(kind, user, today, rules):
            rows = kind.escalated_to(user, level.permission, late, today)
            yield Stream(CLIMBED, kind, rows, level.advice)


def levels_of(kind, user, today, rules):
    """The escalation levels of ``user``, each with the Q of the matters escalated to it."""
    for level in kind.escalation:
        if level.listed and user.may_somewhere(level.permission):
            yield level, climbed_to(kind, level, rules, today)


def awaited(user, today, rules):
    """Matters that ``user`` may see and on which others must act.

    Without matters escalated to ``user``: those are listed with advice.
    """
    above = list(mine(user, today, WITH_ADVICE))
    for kind in KINDS:
        if kind.holder and not kind.advice:
            rows = without(kind.awaited_by(user, today), above)
            for level, late in levels_of(kind, user, today, rules):
                rows = rows.exclude(kind.climbs(user, level.permission, late))
            yield Stream(AWAITED, kind, rows)


def theirs(user, today):
    """Own and escalated matters of ``user``."""
    yield from mine(user, today)
    yield from climbed(user, today, climbing_rules())


def all_of(user, today):
    """Own and escalated matters of ``user``, and those on which others must act."""
    rules = climbing_rules()
    yield from mine(user, today)
    yield from climbed(user, today, rules)
    yield from awaited(user, today, rules)


def without(rows, streams):
    """The rows that are in none of the streams."""
    for stream in streams:
        if stream.rows.model is rows.model:
            rows = rows.exclude(pk__in=stream.rows.order_by().values("pk"))
    return rows


def narrowed(stream, call, agreement):
    """The stream filtered by a call and by an agreement, each if it is given."""
    rows = stream.rows
    rows = of_call(rows, call) if call else rows
    return replace(stream, rows=of_agreement(rows, agreement) if agreement else rows)


def fetch(streams, today, page):
    """Count every stream and fetch the keys of a page of each; returns those that are not empty."""
    streams, sql_params = list(streams), SqlParams()
    matters = " UNION ALL ".join(compiled(streams, sql_params))
    sql = FOUND.format(matters=matters, columns="", wholes="")
    for row in rows_of(sql, sql_params, today, page):
        take(streams, *row)
    return [stream for stream in streams if stream.found]


def fetch_with_wholes(streams, today, page):
    """Like ``fetch``, with the keys of the calls and agreements of all rows, in one statement."""
    streams, sql_params, keys = list(streams), SqlParams(), ((), ())
    matters = " UNION ALL ".join(compiled(streams, sql_params, with_wholes))
    sql = FOUND.format(matters=matters, columns=", call, agreement", wholes=BESIDE)
    for *row, calls, agreements in rows_of(sql, sql_params, today, page):
        take(streams, *row)
        keys = calls, agreements
    return [stream for stream in streams if stream.found], named(keys)


def rows_of(sql, sql_params, today, page):
    if not sql_params:  # every stream is empty
        return []
    late, pressing = latest_due(today, 1), latest_due(today, 0)
    window = (page.first, page.last)
    with run(sql, [*sql_params, late, pressing, *window, page.late, *window]) as rows:
        return rows.fetchall()


def wholes(streams):
    """The keys of the calls, and those of the agreements, of the rows of the streams."""
    sql_params = SqlParams()
    matters = " UNION ALL ".join(compiled(streams, sql_params, with_wholes))
    if not matters:
        return (), ()
    with run(WHOLES.format(matters=matters), sql_params) as rows:
        return named(rows.fetchone())


def named(arrays):
    return tuple([key for key in keys or () if key] for keys in arrays)


def with_wholes(rows):
    ways = ways_of(rows)
    return [
        F(way) if way else Cast(Value(None), BigIntegerField())
        for way in (ways.call, ways.agreement)
    ]


def compiled(streams, sql_params, further=lambda rows: ()):
    """The SQL of each stream, except those that are always empty."""
    for number, stream in enumerate(streams):
        columns = (Value(number, IntegerField()), "pk", "due", *further(stream.rows))
        rows = stream.rows.values_list(*columns)[: MOST + 1]
        try:
            yield f"({sql_params.of(rows)})"
        except EmptyResultSet:
            continue


def take(streams, number, key, due, wanted, *counts):
    stream = streams[number]
    stream.found, stream.dated, stream.late, stream.pressing = counts
    if wanted:
        stream.keys.append((key, due))


def records_of(streams, today):
    """The records of the keys, by kind and key: one query per kind."""
    wanted = {}
    for stream in streams:
        if stream.keys:
            _kind, keys = wanted.setdefault(stream.kind.name, (stream.kind, set()))
            keys.update(key for key, _due in stream.keys)
    return {
        name: {row.pk: row for row in kind.open(today).filter(pk__in=keys)}
        for name, (kind, keys) in wanted.items()
    }


def in_words(count):
    """A count as text, “500+” for more than ``MOST``."""
    return f"{MOST}+" if count > MOST else str(count)
