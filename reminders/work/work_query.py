"""What concerns one person, of every kind: found and counted by one statement."""

from dataclasses import dataclass, field, replace

from django.core.exceptions import EmptyResultSet
from django.db.models import BigIntegerField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from foundation.time.deadlines import latest_due
from reminders.matters.kinds import KINDS
from reminders.matters.paths import of_agreement, of_call, ways_of
from reminders.matters.schedules import climbed_to, climbing_rules
from reminders.outbox.recipients import Said, run

MOST = 500  # rows of a stream that are looked at; of more the count says so
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
    """The rows wanted of each stream, by their places: after ``first``, until ``last``."""

    first: int
    last: int
    late: bool = False


@dataclass
class Stream:
    """One kind as it concerns a person: theirs to do, climbed up to them, or awaited of others.

    ``found`` rows at most ``MOST``, of which ``dated`` have a day, ``late`` are past it and
    ``pressing`` late or due today; ``keys`` are those of the page.
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
    """What is late with others and has climbed to ``user``, with what one can do about it."""
    for kind in KINDS:
        for rung, late in heard_of(kind, user, today, rules):
            rows = kind.escalated_to(user, rung.permission, late, today)
            yield Stream(CLIMBED, kind, rows, rung.advice)


def heard_of(kind, user, today, rules):
    """The rungs that ``user`` stands on, each with the Q of what has climbed to it."""
    for rung in kind.ladder:
        if rung.listed and user.may_somewhere(rung.permission):
            yield rung, climbed_to(kind, rung, rules, today)


def awaited(user, today, rules):
    """What others must do before the matters that ``user`` sees go on.

    Not what has climbed to ``user``: that stands above, with what one can do about it.
    """
    above = list(mine(user, today, WITH_ADVICE))
    for kind in KINDS:
        if kind.holder and not kind.advice:
            rows = without(kind.awaited_by(user, today), above)
            for rung, late in heard_of(kind, user, today, rules):
                rows = rows.exclude(kind.climbs(user, rung.permission, late))
            yield Stream(AWAITED, kind, rows)


def theirs(user, today):
    """What ``user`` can do something about."""
    yield from mine(user, today)
    yield from climbed(user, today, climbing_rules())


def all_of(user, today):
    """What ``user`` can do something about, and what they wait for."""
    rules = climbing_rules()
    yield from mine(user, today)
    yield from climbed(user, today, rules)
    yield from awaited(user, today, rules)


def without(rows, streams):
    """The rows that stand in none of the streams."""
    for stream in streams:
        if stream.rows.model is rows.model:
            rows = rows.exclude(pk__in=stream.rows.order_by().values("pk"))
    return rows


def narrowed(stream, call, agreement):
    """The stream with only what belongs to a call and to an agreement, where one is named."""
    rows = stream.rows
    rows = of_call(rows, call) if call else rows
    return replace(stream, rows=of_agreement(rows, agreement) if agreement else rows)


def look(streams, today, page):
    """Count every stream and find the keys of a page of each; gives those that hold something."""
    streams, said = list(streams), Said()
    matters = " UNION ALL ".join(compiled(streams, said))
    for row in rows_of(FOUND.format(matters=matters, columns="", wholes=""), said, today, page):
        take(streams, *row)
    return [stream for stream in streams if stream.found]


def look_round(streams, today, page):
    """The same, and to which calls and agreements all of it belongs, by the same statement."""
    streams, said, keys = list(streams), Said(), ((), ())
    matters = " UNION ALL ".join(compiled(streams, said, with_wholes))
    sql = FOUND.format(matters=matters, columns=", call, agreement", wholes=BESIDE)
    for *row, calls, agreements in rows_of(sql, said, today, page):
        take(streams, *row)
        keys = calls, agreements
    return [stream for stream in streams if stream.found], named(keys)


def rows_of(sql, said, today, page):
    if not said:  # no stream in which anything can be
        return []
    late, pressing = latest_due(today, 1), latest_due(today, 0)
    window = (page.first, page.last)
    with run(sql, [*said, late, pressing, *window, page.late, *window]) as rows:
        return rows.fetchall()


def wholes(streams):
    """The keys of the calls, and those of the agreements, to which what is looked at belongs."""
    said = Said()
    matters = " UNION ALL ".join(compiled(streams, said, with_wholes))
    if not matters:
        return (), ()
    with run(WHOLES.format(matters=matters), said) as rows:
        return named(rows.fetchone())


def named(arrays):
    return tuple([key for key in keys or () if key] for keys in arrays)


def with_wholes(rows):
    ways = ways_of(rows)
    return [
        F(way) if way else Cast(Value(None), BigIntegerField())
        for way in (ways.call, ways.agreement)
    ]


def compiled(streams, said, further=lambda rows: ()):
    """The SQL of each stream; of one in which nothing can be, none."""
    for number, stream in enumerate(streams):
        columns = (Value(number, IntegerField()), "pk", "due", *further(stream.rows))
        rows = stream.rows.values_list(*columns)[: MOST + 1]
        try:
            yield f"({said.of(rows)})"
        except EmptyResultSet:
            continue


def take(streams, number, key, due, wanted, *counts):
    stream = streams[number]
    stream.found, stream.dated, stream.late, stream.pressing = counts
    if wanted:
        stream.keys.append((key, due))


def records_of(streams, today):
    """The records behind the keys, by kind and key: one look at each kind."""
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
    """A count up to the most that is looked at, and “500+” for more."""
    return f"{MOST}+" if count > MOST else str(count)
