"""Pages of visits and sessions of a call."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from foundation.engine.workflow import readable
from foundation.models import Event
from foundation.time import clock
from foundation.web.downloads import download
from foundation.web.pages import make_move, open_moves
from projects.calls.models import Call

from .conflict_hints import partial_members
from .filters import SessionFilter
from .forms import SESSION_FORMS
from .models import Session
from .workflow import SESSION

ROWS = 25


def visible_sessions(user):
    return Session.objects.visible_to(user)


def sessions(request, pk):
    """The sessions of a call that the user may see, the latest first."""
    call = get_object_or_404(Call.objects.visible_to(request.user), pk=pk)
    rows = visible_sessions(request.user).filter(call=call).for_list(request.user)
    chosen = SessionFilter(request.GET, rows.order_by("-held_on", "-pk"))
    page = Paginator(chosen.qs, ROWS).get_page(request.GET.get("page"))
    may_plan = SESSION["plan"].post_of(request.user, Session(call=call))
    context = {"call": call, "page": page, "filter": chosen, "may_plan": may_plan}
    return render(request, "projects/sessions/sessions.html", context)


def new_session(request, pk):
    call = get_object_or_404(Call.objects.visible_to(request.user), pk=pk)
    return make_move(request, SESSION, Session(call=call), "plan", forms=SESSION_FORMS, parent=call)


def session(request, pk):
    rows = visible_sessions(request.user).for_page(request.user)
    session = get_object_or_404(rows, pk=pk)
    may_read = request.user.has_perm("projects.read_minutes", session)
    context = {
        "session": session,
        "may_read": may_read,
        "earlier": visible_sessions(request.user).filter(pk=session.supplements_id).first(),
        "partial": partial_members(session) if may_read else [],
        "is_overdue": session.state == Session.State.PLANNED and session.held_on < clock.today(),
        "moves": open_moves(SESSION, request.user, session, forms=SESSION_FORMS),
        "events": readable(Event.objects.of(session), request.user).in_order(),
    }
    return render(request, "projects/sessions/session.html", context)


def move_session(request, pk, move):
    session = get_object_or_404(visible_sessions(request.user).for_page(request.user), pk=pk)
    template = "projects/sessions/record_session.html" if move == "hold" else "move.html"
    return make_move(request, SESSION, session, move, forms=SESSION_FORMS, template=template)


def minutes(request, pk):
    """Download the minutes; not for parties, since they cover all proposals on the agenda."""
    rows = Session.objects.permitted(request.user, "projects.read_minutes")
    session = get_object_or_404(rows.filter(state=Session.State.HELD), pk=pk)
    return download(session.minutes, name=session.minutes_name, media_type=session.minutes_type)
