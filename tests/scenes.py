"""A scene is what a factory made once in a run, laid down again by its rows.

It is taken from memory only where a test wrote nothing before it but scenes: the moves would
lead to the same rows. Everything else is made by moves, and so is every scene twice: the second
time it is remembered, for most are wanted only once. Who patches something makes all by moves.
"""

from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache, wraps
from inspect import signature

from django.core.cache import cache as counters
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import get_language

from foundation import clock

FRESH = timedelta(hours=1)
MOST = 500  # scenes that one process keeps
READING = ("SELECT", "SAVEPOINT", "RELEASE", "SET", "SHOW")
PATCHING = {"monkeypatch", "settings"}
PLAIN = (str, int, date, type(None))
MEMORY, WANTED = {}, set()


class Road:
    """The scenes that led to what a test has written; None once it wrote anything else."""

    steps = None


@contextmanager
def begun(test):
    """A test begins with nothing, and nobody was counted yet for what may be tried so often."""
    Road.steps = None if PATCHING.intersection(signature(test).parameters) else ()
    counters.clear()
    with connection.execute_wrapper(watch):
        yield


def watch(execute, sql, params, many, context):
    if not str(sql).lstrip().upper().startswith(READING):
        Road.steps = None
    return execute(sql, params, many, context)


def scene(make):
    """Remember what ``make(cast, ...)`` wrote, and whom it added to the cast."""

    @wraps(make)
    def made(cast, *records, **values):
        road = road_to(make, records, values)
        if road is None:
            return make(cast, *records, **values)
        if road in MEMORY and MEMORY[road].is_fresh():
            result = MEMORY[road].lay_down(cast)
        elif road in WANTED and len(MEMORY) < MOST:
            kept = Scene(cast)
            result = make(cast, *records, **values)
            MEMORY[road] = kept.after(cast, result)
        else:
            WANTED.add(road)
            result = make(cast, *records, **values)
        Road.steps = road
        return result

    return made


def road_to(make, records, values):
    """The way to a scene, with its moment and language; None if it is no scene this time."""
    told = [*records, *(each for pair in sorted(values.items()) for each in pair)]
    named = [name(each) for each in told]
    if Road.steps is None or None in named or not connection.in_atomic_block:
        return None
    moment = clock.MOMENT.get() or timezone.localdate()
    return (*Road.steps, (make.__module__, make.__qualname__, moment, get_language(), *named))


def name(each):
    if isinstance(each, Model):
        return reference(each)
    return (each,) if isinstance(each, PLAIN) else None


def reference(record):
    return (type(record), record.pk)


def members(cast):
    items = {("item", key): row for key, row in cast.items()}
    return items | {("attribute", key): row for key, row in vars(cast).items()}


class Scene:
    """The rows that came and went, and who is who."""

    def __init__(self, cast):
        self.begun, self.before, self.company = timezone.now(), rows(), members(cast)

    def after(self, cast, result):
        check_what_waits()
        self.changed = changes(self.before, rows())
        self.joined = {
            place: reference(row)
            for place, row in members(cast).items()
            if place not in self.company
        }
        self.result = result and reference(result)
        del self.before, self.company
        return self

    def is_fresh(self):
        return timedelta() <= timezone.now() - self.begun < FRESH

    def lay_down(self, cast):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table, (gone, come) in self.changed.items():
                if gone:
                    _place, key = key_of(table)
                    cursor.execute(f'DELETE FROM "{table}" WHERE "{key}"::text = ANY(%s)', [gone])
                with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                    copy.write(come)
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        for (kind, key), row in fetched(self.joined).items():
            (cast if kind == "item" else vars(cast))[key] = row
        return self.result and fetched({0: self.result})[0]


def fetched(references):
    """The records behind references, each kind with one query."""
    keys = {}
    for model, key in references.values():
        keys.setdefault(model, set()).add(key)
    found = {model: model._base_manager.in_bulk(wanted) for model, wanted in keys.items()}
    return {place: found[model][key] for place, (model, key) in references.items()}


def rows():
    """Every row of every table, as PostgreSQL copies it."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                found[table] = b"".join(copy).splitlines(keepends=True)
    return found


def check_what_waits():
    """What the database would check only at the end of the transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def changes(before, after):
    """By table: the keys of the rows that went, and the rows that came."""
    found = {}
    for table, now in after.items():
        then, place = before[table], key_of(table)[0]
        gone = [line.split(b"\t")[place].strip().decode() for line in set(then) - set(now)]
        known = set(then)
        come = b"".join(line for line in now if line not in known)
        if gone or come:
            found[table] = (gone, come)
    return found


@cache
def tables():
    with connection.cursor() as cursor:
        return [info.name for info in connection.introspection.get_table_list(cursor)]


@cache
def key_of(table):
    """Where the primary key stands in a row, and its name."""
    inside = connection.introspection
    with connection.cursor() as cursor:
        columns = [column.name for column in inside.get_table_description(cursor, table)]
        key = inside.get_primary_key_column(cursor, table)
    return columns.index(key), key
