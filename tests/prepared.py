"""Prepared situations: what a factory writes is stored once per process and copied back later.

A factory marked ``@prepared`` makes its moves the first time it is called in a situation. The rows
it added, changed and removed are kept. A later test that has come to the same situation (the same
prepared factories with the same arguments, on the same day, in the same language, with the same
settings, and no other write in between) gets these rows copied in, which takes milliseconds.
Anything else a test writes ends this: from then on its factories make their moves again.

A prepared factory takes the cast, then records and plain values; it returns a record or nothing.
``tests/test_prepared.py`` compares copied situations with made ones, row by row.
"""

import threading
from contextlib import contextmanager
from datetime import date
from functools import cache, wraps

from django.conf import UserSettingsHolder, settings
from django.core.cache import cache as counters
from django.db import connection, transaction
from django.db.backends.signals import connection_created
from django.db.models import Model
from django.utils.translation import get_language

from foundation.models import decreed_days
from foundation.time import clock

READ_ONLY = ("SELECT", "SAVEPOINT", "RELEASE", "SET", "SHOW", "DECLARE", "FETCH", "CLOSE")
PLAIN = (str, int, date, bool, type(None))
STORED = {}  # situation: Stored


class Situation:
    """The prepared factories that led to what the running test has written so far.

    ``steps`` is None once the test has written anything else.
    """

    steps = None


@contextmanager
def test_begins(*, patches):
    """A test begins with an empty database; one that ``patches`` code makes all its moves."""
    Situation.steps = None if patches else ()
    counters.clear()
    watch(connection=connection)
    try:
        yield
    finally:
        Situation.steps = None


def watch(connection, **_signal):
    """Notice every write of a connection, also of those that other threads open."""
    if notice_write not in connection.execute_wrappers:
        connection.execute_wrappers.append(notice_write)


connection_created.connect(watch)


def notice_write(execute, sql, params, many, context):
    if Situation.steps is not None and not str(sql).lstrip(" (\n").upper().startswith(READ_ONLY):
        Situation.steps = None
    return execute(sql, params, many, context)


def prepared(make):
    """Let ``make(cast, ...)`` be copied from memory where it can be."""

    @wraps(make)
    def made(cast, *records, **values):
        situation = after(make, records, values)
        if situation is None:
            return make(cast, *records, **values)
        with transaction.atomic():
            if situation in STORED:
                result = STORED[situation].copy_in(cast, records)
            else:
                result = store(situation, make, cast, records, values)
        Situation.steps = situation
        return result

    return made


def after(make, records, values):
    """The situation after this step; None if it cannot be a prepared one."""
    if threading.current_thread() is not threading.main_thread():
        return None
    arguments = [*records, *(each for pair in sorted(values.items()) for each in pair)]
    names = [name_of(each) for each in arguments]
    if Situation.steps is None or None in names or own_transaction_is_open():
        return None
    if Situation.steps and last_event() != STORED[Situation.steps].last_event:
        return None  # another process wrote something
    moment = clock.MOMENT.get() or clock.today()
    setting = (moment, get_language(), decreed_days(), overridden_settings())
    return (*Situation.steps, (make.__module__, make.__qualname__, setting, *names))


def own_transaction_is_open():
    """Has a test without a transaction of pytest's opened one? What it undoes is not seen here."""
    atomics = connection.atomic_blocks
    return bool(atomics) and not getattr(atomics[0], "_from_testcase", False)


def last_event():
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM foundation_event")
        return cursor.fetchone()[0]


def name_of(each):
    """An argument as part of a key: a stored record, a plain value, or a collection of these."""
    if isinstance(each, Model):
        return (type(each), each.pk) if each.pk is not None else None
    if isinstance(each, dict):
        return name_of(list(each.items()))
    if isinstance(each, list | tuple):
        names = tuple(name_of(one) for one in each)
        return None if None in names else names
    return (each,) if isinstance(each, PLAIN) else None


def overridden_settings():
    """What a test has set differently, as text."""
    holder, found = settings._wrapped, []
    while isinstance(holder, UserSettingsHolder):
        found += sorted((k, repr(v)) for k, v in vars(holder).items() if k.isupper())
        holder = holder.default_settings
    return tuple(found)


def store(situation, make, cast, records, values):
    """Make the moves and keep what they wrote."""
    before = STORED[Situation.steps].content if Situation.steps else {}
    company, known = members(cast), list(map(values_of, records))
    result = make(cast, *records, **values)
    check_deferred_constraints()
    joined = {place: row for place, row in members(cast).items() if place not in company}
    written = [values_of(row) != old for row, old in zip(records, known, strict=True)]
    STORED[situation] = Stored(before, content_of(before), joined, result, written)
    return result


def values_of(row):
    """What a record shows of its fields, whatever the database has; of a plain value nothing."""
    fields = row._meta.concrete_fields if isinstance(row, Model) else ()
    return {field.attname: vars(row).get(field.attname) for field in fields}


def members(cast):
    items = {("item", key): row for key, row in cast.items()}
    named = getattr(cast, "__dict__", {})  # a plain dictionary has none
    return items | {("attribute", key): row for key, row in named.items()}


def check_deferred_constraints():
    """What the database would refuse only at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"SET CONSTRAINTS {initially_deferred()} DEFERRED")


@cache
def initially_deferred():
    """The names of those constraints; others that can be deferred are immediate unless asked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT conname FROM pg_constraint WHERE condeferred")
        return ", ".join(f'"{name}"' for (name,) in cursor.fetchall())


class Stored:
    """A situation: all rows it consists of, and how to get there from the one before.

    ``content`` has the rows of each table as PostgreSQL's COPY writes them.
    """

    def __init__(self, before, content, joined, result, written):
        self.content = content
        self.changes = changes(before, content)
        self.joined = {place: (type(row), row.pk) for place, row in joined.items()}
        self.result = (type(result), result.pk) if result is not None else None
        self.last_event = last_event()
        self.written = written  # which of the records handed in the factory itself has changed

    def copy_in(self, cast, records):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table, (removed, added) in self.changes.items():
                if removed:
                    key = key_of(table)[1]
                    cursor.execute(
                        f'DELETE FROM "{table}" WHERE "{key}"::text = ANY(%s)', [removed]
                    )
                if added:
                    with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                        copy.write(b"".join(added))
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        for (kind, key), row in fetched(self.joined).items():
            (cast if kind == "item" else vars(cast))[key] = row
        self.refresh(records)
        return fetched({0: self.result})[0] if self.result else None

    def refresh(self, records):
        """Records that were handed in show what the moves made of them, as when they were made."""
        for row, is_written in zip(records, self.written, strict=True):
            if is_written:
                row.refresh_from_db()


def fetched(references):
    """The records behind references, with one query for each kind."""
    keys = {}
    for model, key in references.values():
        keys.setdefault(model, set()).add(key)
    found = {model: model._base_manager.in_bulk(wanted) for model, wanted in keys.items()}
    return {place: found[model][key] for place, (model, key) in references.items()}


def content_of(before):
    """Every row of every table that has some, as {table: lines of COPY}."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        touched = {name for (name,) in cursor.fetchall()} | set(before)
        found = {}
        for table in sorted(touched):
            with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                lines = b"".join(copy).splitlines(keepends=True)
            known = {line: line for line in before.get(table, ())}  # kept in memory once
            found[table] = [known.get(line, line) for line in lines]
    return {table: lines for table, lines in found.items() if lines}


def changes(before, now):
    """By table: the keys of the rows that went, and the lines of the rows that came."""
    found = {}
    for table in sorted({*before, *now}):
        old, new = before.get(table, []), now.get(table, [])
        known, kept = set(old), set(new)
        removed = [key_in(table, line) for line in old if line not in kept]
        added = [line for line in new if line not in known]
        if removed or added:
            found[table] = (removed, added)
    return found


def key_in(table, line):
    return line.split(b"\t")[key_of(table)[0]].strip().decode()


@cache
def key_of(table):
    """The position of the primary key in a row, and its name."""
    look = connection.introspection
    with connection.cursor() as cursor:
        columns = [column.name for column in look.get_table_description(cursor, table)]
        key = look.get_primary_key_column(cursor, table)
    return columns.index(key), key
