"""A workflow is a table on one screen, and ``perform`` is the only way to move along it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Manager, Q
from django.http import Http404
from django.utils.translation import gettext as _

from foundation.time import clock

from . import history
from .models import Event

NEW = ""  # the state of a row that is not written yet
STAYS = "stays"  # a change of data and not of state
WORKFLOWS = {}


class NotNow(Exception):
    """A refusal, in the reader's words: what stands in the way and what to do about it.

    ``places`` lists (text, address) of what is missing, where there is such a list.
    """

    def __init__(self, message, places=()):
        super().__init__(message)
        self.places = places


@dataclass(frozen=True)
class Move:
    """One row of a workflow table. A move without permission is made by the house itself.

    ``requires`` may refuse; ``does`` changes the record itself, whatever else is entered;
    ``effects`` touch other records only. ``stamps`` names the field that takes the person
    who makes the move; ``never_by`` names the ways to people who may not make it (four eyes,
    conflicts of interest), as Django spells them: ``written_by``, ``conflicts__person``;
    ``only_by`` names in the same way the one person who may, where it is theirs alone;
    ``needs_key`` says that it moves money and must carry an idempotency key; ``inside``
    that its event is read only in the organisation that made it, and by auditors.
    """

    name: str
    source: frozenset | set
    target: str
    permission: str | None
    label: str
    requires: tuple = ()
    does: Callable | None = None
    effects: tuple = ()
    needs_note: bool = False
    needs_key: bool = False
    inside: bool = False
    stamps: str = ""
    never_by: tuple = ()
    only_by: tuple = ()
    tone: str = "secondary"

    def post_of(self, actor, record):
        """The post that lets ``actor`` make this move on ``record``; None if there is none."""
        return actor.post_for(self.permission, record) if actor and self.permission else None

    def barred(self, actor, record):
        """Nobody decides what they themselves prepared, or have an interest in."""
        return self.is_anothers(actor, record) or stands_at(actor, record, self.never_by)

    def is_anothers(self, actor, record):
        """Some moves are for one person alone to make."""
        return bool(self.only_by) and not stands_at(actor, record, self.only_by)


def stands_at(actor, record, paths):
    """Is ``actor`` at the end of one of the ways from ``record``?"""
    return any(actor.pk in people_at(record, path) for path in paths)


def people_at(record, path):
    """Keys of the people at the end of a way from ``record``; the same way is joined in SQL."""
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


class Workflow:
    """The life of one kind of record: its moves, and who may make which of them now."""

    def __init__(self, model, *moves):
        self.model = model
        self.moves = {move.name: move for move in moves}
        self.followers, self.demands = {}, {}
        WORKFLOWS[model._meta.label_lower] = self

    def then(self, name, effect):
        """Let a later room add what follows there from a move; it is called in ``ready``."""
        self.followers.setdefault(self[name].name, []).append(effect)

    def demand(self, name, requirement):
        """Let a later room refuse a move; it is called in ``ready``."""
        self.demands.setdefault(self[name].name, []).append(requirement)

    def __getitem__(self, name):
        if name not in self.moves:
            raise Http404
        return self.moves[name]

    def open_to(self, actor, record):
        """The moves that ``actor`` can make on ``record`` now, in the order of the table."""
        return [
            move
            for move in self.moves.values()
            if record.state in move.source
            and move.post_of(actor, record)
            and not move.barred(actor, record)
        ]

    def open_rows(self, name, actor, rows):
        """Those of ``rows`` on which ``actor`` can make one move now: ``open_to`` in SQL."""
        move = self[name]
        rows = rows.permitted(actor, move.permission).filter(state__in=move.source)
        return rows.exclude(self.barred_rows(move, actor))

    def barred_rows(self, move, actor):
        """The rows on which ``never_by`` or ``only_by`` keeps ``actor`` from a move."""
        barred = self.rows_at(move.never_by, actor)
        return barred | ~self.rows_at(move.only_by, actor) if move.only_by else barred

    def rows_at(self, paths, actor):
        """The rows from which one of the ways leads to ``actor``."""
        found = Q(pk__in=[])
        for path in paths:
            if "__" in path:  # many rows may lead there: asked apart, so that none is doubled
                rows = self.model.objects.filter(**{path: actor})
                found |= Q(pk__in=rows.values("pk"))
            else:
                found |= Q(**{path: actor})
        return found

    def refusal(self, name, record):
        """What the requirements of a move say against it now; None if they say nothing."""
        try:
            for requirement in (*self[name].requires, *self.demands.get(name, ())):
                requirement(record)
        except NotNow as reason:
            return reason
        return None

    @transaction.atomic
    def perform(
        self,
        name,
        record,
        *,
        actor,
        note="",
        change=None,
        parts=None,
        seen=None,
        key="",
        request="",
    ):
        """Make one move, completely or not at all, and remember who made it.

        ``change(record)`` writes the record's own data that come with the move, and
        ``parts(record)``, once it is saved, the rows that hang on it. ``seen`` is the
        ``moves_made`` of the record that the person had before their eyes. ``key`` makes the
        move idempotent: sent again with the same ``request`` digest, it is not made
        again and the record is given back as it is.

        Raises PermissionDenied or :class:`NotNow`; then nothing has happened.
        """
        move = self[name]
        record = lock(record)
        key = hold_key(actor, key)
        if key and (done := Event.objects.filter(key=key).first()):
            return self.replay(done, move, record, request)
        post = move.post_of(actor, record)
        refuse_a_stranger(move, record, actor, post)
        refuse_unless_now(move, record, actor, note, seen, key)
        for requirement in (*move.requires, *self.demands.get(name, ())):
            requirement(record)
        before = record.state
        self.apply(move, record, actor, change, parts)
        history.write(
            record,
            verb=move.name,
            before=before,
            after=record.state,
            actor=actor,
            post=post,
            note=note,
            key=key,
            request=request,
        )
        effects = (*move.effects, *self.followers.get(name, ()))
        for effect in effects:
            effect(record)
        if effects:
            record.refresh_from_db()  # the house may have moved it on
        return record

    def apply(self, move, record, actor, change, parts):
        if move.target != STAYS:
            record.state = move.target
        if move.stamps:
            setattr(record, move.stamps, actor)
        record.moves_made += 1
        record.changed_at = clock.now()
        if change:
            change(record)
        if move.does:
            move.does(record)
        record.save()
        if parts:
            parts(record)

    def replay(self, done, move, record, request):
        """Answer a repeated request with what it did the first time."""
        asked = (move.name, record.root.reference, request)
        if (done.verb, done.tree, done.request_digest) != asked:
            raise NotNow(_("This key was used for something else. Open the page again."))
        return self.model.objects.get(pk=done.subject.rpartition(":")[2])


def move_on(name, record, **options):
    """The house makes a move of its own on ``record``, by the table of its kind."""
    workflow = WORKFLOWS[record._meta.label_lower]
    return workflow.perform(name, record, actor=None, **options)


def readable(events, user):
    """The events that ``user`` may read, of records that they may see."""
    if user.reads_everything:
        return events
    hidden = Q(pk__in=[])
    for label, workflow in WORKFLOWS.items():
        verbs = [move.name for move in workflow.moves.values() if move.inside]
        hidden |= Q(subject__startswith=f"{label}:", verb__in=verbs)
    return events.exclude(hidden & ~Q(organisation__in=user.organisations))


def lock(record):
    """Lock a record for this transaction: what it is part of first, then itself.

    One order for everyone means that no two moves wait for each other, and that
    whoever counts the parts of a whole sees all of them.
    """
    whole = lock(record.whole) if record.part_of else None
    if record.pk is not None:
        rows = type(record).objects.select_for_update(of=("self",))
        record = rows.get(pk=record.pk)
    if whole is not None:
        setattr(record, record.part_of, whole)
    return record


def hold_key(actor, key):
    """The key as it stands in the history; whoever sends it at the same instant waits."""
    if not key:
        return ""
    key = f"{actor.pk}:{key}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [key])
    return key


def refuse_a_stranger(move, record, actor, post):
    if actor is None and move.permission is None:
        return
    if post is None:
        raise PermissionDenied
    if move.is_anothers(actor, record):
        raise PermissionDenied(_("Only the person whom it concerns can do this."))
    if move.barred(actor, record):
        raise PermissionDenied(
            _("Nobody decides what they prepared or requested, or have an interest in.")
        )


def refuse_unless_now(move, record, actor, note, seen, key):
    if record.state not in move.source:
        raise NotNow(too_late(record))
    if seen is not None and seen != record.moves_made:
        raise NotNow(_("Somebody changed this since you opened it. Read it again, then decide."))
    if move.needs_note and not note.strip():
        raise NotNow(_("Give a reason."))
    if move.needs_key and actor and not key:
        raise NotNow(_("A move of money needs an idempotency key."))


def too_late(record):
    state = record.get_state_display() or _("not begun")
    return _("This is not possible now: “%(record)s” is “%(state)s”.") % {
        "record": record,
        "state": state,
    }
