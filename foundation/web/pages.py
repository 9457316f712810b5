"""Moves by page: one view function for all records."""

import uuid
from types import MappingProxyType

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from foundation.engine.workflow import NotNow, wrong_state

from .forms import MoveForm


def make_move(
    request,
    workflow,
    record,
    name,
    *,
    forms=MappingProxyType({}),
    template="move.html",
    reopen=None,
    **more,
):
    """Show the form of one move of ``record`` and make the move when it is sent.

    ``reopen(form_class, **options)`` may return the form a person left unfinished. The button
    ``more`` asks for more rows of a form with rows; nothing is made then.

    A refusal is shown on the same page with everything that was entered; a move that is
    not possible in the record's state redirects to the record with the reason. Raises
    PermissionDenied.
    """
    move = workflow[name]
    if not move.post_of(request.user, record) or move.barred(request.user, record):
        raise PermissionDenied
    if record.pk and record.state not in move.source:
        messages.error(request, wrong_state(record))
        return redirect(record)
    form_class = forms.get(name, MoveForm)
    options = {"record": record, "move": move, "actor": request.user}
    options["initial"] = {"key": uuid.uuid4().hex}
    if request.method == "POST":
        form = form_class(request.POST, files=request.FILES or None, **options)
    else:
        form = reopen(form_class, **options) if reopen else form_class(None, **options)
    status = 200
    if "more" in request.POST:
        form = form.with_more_rows(request.POST["more"])
    elif request.method == "POST" and form.is_valid():
        try:
            return redirect(form.perform(workflow))
        except NotNow as reason:
            form.add_error(None, str(reason))
            form.refusal, status = reason, 409
    elif request.method == "POST":
        status = 422
    context = {"record": record, "move": move, "form": form} | more
    return render(request, template, context, status=status)


def open_moves(workflow, user, record, *, forms=(), but=()):
    """The moves to offer on a record's page, each with whether it needs a page of its own."""
    return [
        {
            "name": move.name,
            "label": move.label,
            "tone": move.tone,
            "needs_form": move.name in forms or move.needs_note or move.needs_key,
        }
        for move in workflow.open_to(user, record)
        if move.name not in but
    ]
