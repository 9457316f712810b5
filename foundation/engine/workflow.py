"""Workflows: a table of moves for each kind of record, and ``perform``, which makes a move."""

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from foundation.time import clock

from . import history
from .models import Event
from .moves import NEW, STAYS, Act, MissingData, Move, NotNow

__all__ = ["NEW", "STAYS", "Act", "MissingData", "Move", "NotNow", "Workflow"]

WORKFLOWS = {}


class Workflow:
    """The moves of one kind of record, and who may make which of them now."""

    def __init__(self, model, *moves):
        self.model = model
        self.moves = {move.name: move for move in moves}
        self.followers, self.demands = {}, {}
        WORKFLOWS[model._meta.label_lower] = self

    def then(self, name, effect):
        """Add an effect of a later app to a move; called in ``AppConfig.ready``."""
        self.followers.setdefault(self[name].name, []).append(effect)

    def demand(self, name, requirement):
        """Add a requirement of a later app to a move; called in ``AppConfig.ready``."""
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
        """The Q of rows from which one of the lookup ``paths`` leads to ``actor``."""
        found = Q(pk__in=[])
        for path in paths:
            if "__" in path:  # a subquery, for a join to many rows would double them
                rows = self.model.objects.filter(**{path: actor})
                found |= Q(pk__in=rows.values("pk"))
            else:
                found |= Q(**{path: actor})
        return found

    def refusal(self, name, record):
        """The :class:`NotNow` of the first requirement that is not met; None if all are met."""
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
        **data,
    ):
        """Make one move in a transaction and write its event; returns the record.

        ``data`` is what the move ``needs``. For moves without a ``change`` of their own,
        ``change(record)`` writes the record's data and ``parts(record)`` its dependent rows
        after it is saved. ``seen`` is the ``moves_made`` of the record that the person saw.
        ``key`` makes the move idempotent: sent again with the same ``request`` digest, it is
        not made again and the record is returned as it is.

        Raises PermissionDenied or :class:`NotNow`, and :class:`MissingData` if the data is not
        what the move needs; then nothing was changed.
        """
        move = self[name]
        act = Act(actor, note, key, data)
        record = lock(record)
        key = hold_key(actor, key)
        if key and (done := Event.objects.filter(key=key).first()):
            return self.replay(done, move, record, request)
        post = move.post_of(actor, record)
        refuse_a_stranger(move, record, actor, post)
        refuse_unless_now(move, record, actor, note, seen, key)
        for requirement in (*move.requires, *self.demands.get(name, ())):
            requirement(record)
        move.refuse_without(data, content=bool(change or parts))
        before = record.state
        self.apply(move, record, act, change, parts)
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
            record.refresh_from_db()  # an effect may have moved it on
        return record

    def apply(self, move, record, act, change, parts):
        if move.target != STAYS:
            record.state = move.target
        if move.stamps:
            setattr(record, move.stamps, act.actor)
        record.moves_made += 1
        record.changed_at = clock.now()
        if move.change:
            move.change(record, act, **act.data)
        if change:
            change(record)
        if move.does:
            move.does(record)
        for check in move.checks:
            check(record, act)
        record.save()
        if parts:
            parts(record)

    def replay(self, done, move, record, request):
        """The record of a repeated request. Raises NotNow if its key was used for another one."""
        asked = (move.name, record.root.reference, request)
        if (done.verb, done.tree, done.request_digest) != asked:
            raise NotNow(_("This key was used for something else. Open the page again."))
        return self.model.objects.get(pk=done.subject.rpartition(":")[2])


def move_on(name, record, **options):
    """Make a move of the system itself on ``record``, by the workflow of its kind."""
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
    a move that counts the parts of a whole sees all of them.
    """
    whole = lock(record.whole) if record.part_of else None
    if record.pk is not None:
        rows = type(record).objects.select_for_update(of=("self",))
        record = rows.get(pk=record.pk)
    if whole is not None:
        setattr(record, record.part_of, whole)
    return record


def hold_key(actor, key):
    """The key as it is stored in the history; a concurrent request with the same key waits."""
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
    if move.is_for_another(actor, record):
        raise PermissionDenied(_("Only the person whom it concerns can do this."))
    if move.barred(actor, record):
        raise PermissionDenied(
            _("Nobody decides what they prepared or requested, or have an interest in.")
        )


def refuse_unless_now(move, record, actor, note, seen, key):
    if record.state not in move.source:
        raise NotNow(wrong_state(record))
    if seen is not None and seen != record.moves_made:
        raise NotNow(_("Somebody changed this since you opened it. Read it again, then decide."))
    if move.needs_note and not note.strip():
        raise NotNow(_("Give a reason."))
    if move.needs_key and actor and not key:
        raise NotNow(_("A move of money needs an idempotency key."))


def wrong_state(record):
    state = record.get_state_display() or _("not begun")
    return _("This is not possible now: “%(record)s” is “%(state)s”.") % {
        "record": record,
        "state": state,
    }
