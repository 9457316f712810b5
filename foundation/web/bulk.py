"""One move on many records, each in its own transaction, and the reason of each failure."""

from dataclasses import dataclass
from types import MappingProxyType

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.engine.workflow import NotNow, wrong_state

from .forms import MoveForm

MOST = 100  # rows at once


@dataclass(frozen=True)
class Bulk:
    """The moves of a workflow that are offered for many rows, with the forms of single moves."""

    workflow: object
    names: tuple
    forms: MappingProxyType | dict

    def __getitem__(self, name):
        if name not in self.names:
            raise Http404
        return self.workflow[name]

    def form_of(self, move):
        return self.forms.get(move.name, MoveForm)

    def open_to(self, user):
        """The moves for which ``user`` has some post; each row is checked when the move is made."""
        moves = [self.workflow[name] for name in self.names]
        return [move for move in moves if user.may_somewhere(move.permission)]

    def offer(self, user, records):
        """The moves to offer below a list; sets ``choosable`` on each record."""
        moves = self.open_to(user)
        for record in records:
            record.choosable = any(
                record.state in move.source and move.post_of(user, record) for move in moves
            )
        return moves


@dataclass
class Outcome:
    """The outcome for one row: made, or the reason why not. ``status`` is an HTTP status."""

    pk: int
    record: object
    status: int = 200
    reason: str = ""
    read: bool = True  # it did not change since the person read it
    again: bool = False  # it may be tried again

    @property
    def made(self):
        return self.status == 200


def chosen(values):
    """``["12:3", …]`` as {12: 3}: the rows, and the state of each that the person read."""
    pairs = [value.partition(":")[::2] for value in values]
    return {int(pk): int(seen) for pk, seen in pairs if is_number(pk) and is_number(seen)}


def is_number(text):
    return text.isascii() and text.isdigit() and len(text) < 18


def make_each(bulk, move, rows, seen, data, actor):
    """Make the move on every row of ``seen``, each in a transaction of its own."""
    records = rows.in_bulk(list(seen))
    return [
        make_one(bulk, move, records.get(pk), pk, read, data, actor) for pk, read in seen.items()
    ]


def make_one(bulk, move, record, pk, read, data, actor):
    if record is None:
        return Outcome(pk, None, 404, _("It is not there, or you may not see it."))
    data = data.copy()
    data["seen"] = str(read)
    form = bulk.form_of(move)(data, record=record, move=move, actor=actor)
    if not form.is_valid():
        return Outcome(pk, record, 400, error_text(form))
    try:
        return Outcome(pk, form.perform(bulk.workflow))
    except NotNow as reason:
        return Outcome(pk, record, 409, str(reason))
    except PermissionDenied as reason:
        return Outcome(pk, record, 403, str(reason) or _("You may not do this here."))


def error_text(form):
    """All errors of a form, on one line."""
    return " ".join(
        f"{form.fields[name].label}: {text}" if name in form.fields else str(text)
        for name, texts in form.errors.items()
        for text in texts
    )


def act_on_many(request, bulk, rows, list_name):
    """The page of one move on the rows chosen in a list: first the rows, then their outcomes.

    Nothing is made before the form below the rows is sent. Rows that failed are shown
    there again with the reason and everything that was entered.
    """
    sent = request.POST if request.method == "POST" else request.GET
    move, back = bulk[sent.get("move")], way_back(sent.get("back", ""), list_name)
    if not request.user.may_somewhere(move.permission):
        raise PermissionDenied
    seen = chosen(sent.getlist("row"))
    if refusal := refused(seen):
        messages.error(request, refusal)
        return redirect(back)
    records = list(rows.filter(pk__in=seen).order_by("pk"))
    if not records:
        raise Http404
    form = form_for_many(request, bulk, move, records)
    page = {"move": move, "form": form, "back": back, "list_name": list_name}
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return draw(request, page | {"lines": lines(move, records, request.user)}, status)
    outcomes = make_each(bulk, move, rows, seen, request.POST, request.user)
    made = sum(outcome.made for outcome in outcomes)
    if made == len(outcomes):
        text = ngettext("“%(move)s”: %(count)d row done.", "“%(move)s”: %(count)d rows done.", made)
        messages.success(request, text % {"move": move.label, "count": made})
        return redirect(back)
    failed = still_open(move, rows, seen, [each for each in outcomes if not each.made])
    return draw(request, page | {"lines": failed, "made": made, "failed": len(failed)})


def draw(request, page, status=200):
    page["any"] = any(line.again for line in page["lines"])
    return render(request, "bulk.html", page, status=status)


def way_back(wanted, list_name):
    """The address of the list as it was filtered; never another address."""
    address = reverse(list_name)
    return wanted if wanted.partition("?")[0] == address else address


def refused(seen):
    if not seen:
        return _("Choose at least one row.")
    if len(seen) > MOST:
        return _("Choose at most %d rows at once.") % MOST
    return ""


def form_for_many(request, bulk, move, records):
    """The form that is entered once and applies to each row."""
    data = request.POST if request.method == "POST" else None
    form = bulk.form_of(move)(data, record=records[0], move=move, actor=request.user)
    form.widen(records)
    return form


def lines(move, records, user):
    """The chosen rows before anything is made, with the reason where the move is not possible."""
    return [line(move, record, user) for record in records]


def line(move, record, user):
    if not move.post_of(user, record):
        return Outcome(record.pk, record, 403, _("You may not do this here."))
    if record.state not in move.source:
        return Outcome(record.pk, record, 409, wrong_state(record))
    return Outcome(record.pk, record, again=True)


def still_open(move, rows, seen, failed):
    """The failed rows as they are now; a row that changed meanwhile must be chosen again."""
    now = rows.in_bulk([outcome.pk for outcome in failed])
    for outcome in failed:
        outcome.record = record = now.get(outcome.pk)
        outcome.read = record is not None and record.moves_made == seen[outcome.pk]
        possible = record is not None and record.state in move.source
        outcome.again = possible and outcome.status in (400, 409)
    return failed
