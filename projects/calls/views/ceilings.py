"""Pages of ceilings."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from foundation.engine.workflow import readable
from foundation.models import Event
from foundation.web.pages import make_move, open_moves

from ..ceiling_usage import envelopes
from ..forms import CEILING_FORMS
from ..models import Ceiling
from ..workflow import CEILING

ROWS = 50


def ceilings(request):
    """All ceilings with what is promised and undecided in won, the latest year first."""
    rows = Ceiling.objects.visible_to(request.user).for_list().order_by("-fiscal_year", "ministry")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    may_set = CEILING["set"].post_of(request.user, Ceiling())
    context = {"page": page, "envelopes": envelopes(page), "may_set": may_set}
    return render(request, "projects/calls/ceilings.html", context)


def new_ceiling(request):
    return make_move(request, CEILING, Ceiling(), "set", forms=CEILING_FORMS)


def ceiling(request, pk):
    ceiling = get_object_or_404(Ceiling.objects.visible_to(request.user).for_list(), pk=pk)
    context = {
        "ceiling": ceiling,
        "envelope": envelopes([ceiling])[0],
        "moves": open_moves(CEILING, request.user, ceiling, forms=CEILING_FORMS),
        "events": readable(Event.objects.of(ceiling), request.user).in_order(),
    }
    return render(request, "projects/calls/ceiling.html", context)


def move_ceiling(request, pk, move):
    ceiling = get_object_or_404(Ceiling.objects.visible_to(request.user).for_list(), pk=pk)
    return make_move(request, CEILING, ceiling, move, forms=CEILING_FORMS)
