"""Moves: the rows of a workflow table, and what they are given."""

from collections.abc import Callable
from dataclasses import dataclass, field
from inspect import Parameter, Signature, signature

from django.db.models import Manager

NEW = ""  # the state of a row that is not stored yet
STAYS = "stays"  # the move changes data and not the state


class MissingData(TypeError):
    """A move was made without the data that it writes, or with data that it does not know."""


class NotNow(Exception):
    """The move is refused now; the message gives the reason and what to do about it.

    ``places`` lists (text, address) of what is missing, where there is such a list.
    """

    def __init__(self, message, places=()):
        super().__init__(message)
        self.places = places


@dataclass(frozen=True)
class Act:
    """Who makes a move, with which note and idempotency key, and the data that the move writes."""

    actor: object
    note: str = ""
    key: str = ""
    data: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Move:
    """One row of a workflow table. A move without permission is made by the system itself.

    ``requires``: functions that raise :class:`NotNow` if the move is not possible. ``change``
    writes what comes with the move, ``change(record, act, **data)``; ``needs`` are the names of
    its data, and the move is not made without them. ``checks``: functions of the record and the
    :class:`Act` that raise :class:`NotNow` for what was written; they run under the lock, before
    it is saved. ``needs_content``: the caller gives a function that writes what comes with the
    move. ``does`` always changes the record itself; ``effects`` change other records only.

    ``stamps``: the field that stores the person who makes the move. ``never_by``: lookup paths
    to people who may not make it (four eyes, conflicts of interest), as ``written_by``,
    ``conflicts__person``. ``only_by``: lookup paths to the one person who may. ``needs_key``:
    it moves money and must carry an idempotency key. ``inside``: its event is shown only in
    the organisation that made it, and to auditors.
    """

    name: str
    source: frozenset | set
    target: str
    permission: str | None
    label: str
    requires: tuple = ()
    needs: tuple = ()
    change: Callable | None = None
    checks: tuple = ()
    needs_content: bool = False
    does: Callable | None = None
    effects: tuple = ()
    needs_note: bool = False
    needs_key: bool = False
    inside: bool = False
    stamps: str = ""
    never_by: tuple = ()
    only_by: tuple = ()
    tone: str = "secondary"

    def __post_init__(self):
        if self.change and tuple(required_by(self.change)) != self.needs:
            raise TypeError(f"{self.name}: needs {self.needs}, {self.change} takes others")

    def refuse_without(self, data, *, content):
        """Raise :class:`MissingData` unless ``data`` is what this move needs, no less and no more.

        ``content``: whether the caller gave a function that writes.
        """
        if {*data} != {*self.needs}:
            raise MissingData(f"“{self.name}” needs {self.needs}, not {tuple(data)}")
        if content and self.change:
            raise MissingData(f"“{self.name}” writes its own data")
        if self.needs_content and not content:
            raise MissingData(f"“{self.name}” is nothing without what it writes")

    def post_of(self, actor, record):
        """The post that lets ``actor`` make this move on ``record``; None if there is none."""
        return actor.post_for(self.permission, record) if actor and self.permission else None

    def barred(self, actor, record):
        """Whether four eyes, a conflict of interest or ``only_by`` keep ``actor`` from the move."""
        return self.is_for_another(actor, record) or is_at_end_of(actor, record, self.never_by)

    def is_for_another(self, actor, record):
        """Whether only another person may make this move."""
        return bool(self.only_by) and not is_at_end_of(actor, record, self.only_by)


def is_at_end_of(actor, record, paths):
    """Whether ``actor`` is at the end of one of the lookup ``paths`` from ``record``."""
    return any(actor.pk in people_at(record, path) for path in paths)


def people_at(record, path):
    """Primary keys of the people at the end of a lookup path; SQL joins the same path."""
    *way, last = path.split("__")
    found = [record]
    for step in way:
        found = [after for before in found for after in step_to(before, step)]
    return {getattr(each, f"{last}_id") for each in found} - {None}


def step_to(record, step):
    value = getattr(record, step)
    if isinstance(value, Manager):
        return list(value.all())
    return [] if value is None else [value]


def sets(*names):
    """A ``change`` that writes each of these data into the field of the same name."""

    def change(record, act, **data):
        for name in names:
            setattr(record, name, data[name])

    given = [Parameter(name, Parameter.POSITIONAL_OR_KEYWORD) for name in ("record", "act")]
    given += [Parameter(name, Parameter.KEYWORD_ONLY) for name in names]
    change.__signature__ = Signature(given)
    change.__name__ = f"sets {', '.join(names)}"
    return change


def required_by(change):
    """The names of the data of a function ``change(record, act, *, won, as_of)``."""
    for name, parameter in signature(change).parameters.items():
        if parameter.kind is Parameter.KEYWORD_ONLY:
            yield name
