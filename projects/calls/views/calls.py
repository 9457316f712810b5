"""Pages of calls."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext

from foundation.engine.workflow import readable
from foundation.models import Event
from foundation.time import clock
from foundation.web.pages import make_move, open_moves
from projects.proposals.views.proposals import drafting_organisations

from ..forms import CALL_FORMS
from ..models import Call, PaperKind, SectionName
from ..workflow import CALL

ROWS = 25


def calls(request):
    rows = Call.objects.visible_to(request.user).order_by("-opens_on", "-pk")
    may_prepare = CALL["prepare"].post_of(request.user, Call())
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(request, "projects/calls/calls.html", {"page": page, "may_prepare": may_prepare})


def call(request, pk):
    rows = Call.objects.visible_to(request.user).prefetch_related("criteria", "share_rules")
    call = get_object_or_404(rows, pk=pk)
    events = readable(Event.objects.of_trees(call), request.user).order_by("-at", "-pk")
    context = {
        "events": events[:10],
        "sections": labels(SectionName, call.required_sections),
        "papers": labels(PaperKind, call.required_papers),
        "call": call,
        "moves": open_moves(CALL, request.user, call, forms=CALL_FORMS),
        "accepts": call.accepts_on(clock.today()),
        "drafts_for": drafting_organisations(request.user),
        "may_rank": request.user.has_perm("projects.view_ranking", call),
        "may_manage": request.user.has_perm("projects.manage_call", call),
    }
    return render(request, "projects/calls/call.html", context)


def labels(kinds, chosen):
    return [kind.label for kind in kinds if kind in chosen]


def new_call(request):
    return make_move(request, CALL, Call(), "prepare", forms=CALL_FORMS)


def move_call(request, pk, move):
    call = get_object_or_404(Call.objects.visible_to(request.user), pk=pk)
    more = {}
    if move == "divide":
        button = gettext("Propose and ask every party")
        more = {"template": "projects/calls/divide.html", "button": button}
    return make_move(request, CALL, call, move, forms=CALL_FORMS, **more)
