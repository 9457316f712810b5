"""Pages of conditions: answered by their owner, checked by the ministry."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from foundation.engine.workflow import readable
from foundation.models import Event
from foundation.web.pages import make_move, open_moves

from .filters import ConditionFilter
from .forms import CONDITION_FORMS
from .models import Condition
from .workflow import CONDITION

ROWS = 25


def conditions(request):
    rows = Condition.objects.imposed().visible_to(request.user).for_list()
    chosen = ConditionFilter(request.GET, rows.order_by("due_on", "pk"))
    page = Paginator(chosen.qs, ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "filter": chosen, "conditions": page}
    return render(request, "projects/conditions/conditions.html", context)


def found(request, pk):
    rows = Condition.objects.imposed().visible_to(request.user)
    return get_object_or_404(rows.for_page(), pk=pk)


def condition(request, pk):
    row = found(request, pk)
    context = {
        "condition": row,
        "moves": open_moves(CONDITION, request.user, row, forms=CONDITION_FORMS),
        "events": readable(Event.objects.of(row), request.user).in_order(),
    }
    return render(request, "projects/conditions/condition.html", context)


def move_condition(request, pk, move):
    return make_move(
        request,
        CONDITION,
        found(request, pk),
        move,
        forms=CONDITION_FORMS,
        template="projects/conditions/move_condition.html",
    )
