"""Pages of the plans above proposals and of designated areas."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from foundation.engine.workflow import readable
from foundation.models import Event
from foundation.web.pages import make_move, open_moves

from .filters import AreaFilter, PlanFilter
from .forms import AREA_FORMS, PLAN_FORMS
from .models import Area, Plan
from .workflow import AREA, PLAN

ROWS = 25


def plans(request):
    rows = Plan.objects.visible_to(request.user).for_list().order_by("state", "-first_year", "pk")
    chosen = PlanFilter(request.GET, rows)
    page = Paginator(chosen.qs, ROWS).get_page(request.GET.get("page"))
    may_enter = PLAN["enter"].post_of(request.user, Plan())
    context = {"page": page, "filter": chosen, "may_enter": may_enter}
    return render(request, "plans/plans.html", context)


def plan(request, pk):
    plan = get_object_or_404(Plan.objects.visible_to(request.user).for_page(), pk=pk)
    events = readable(Event.objects.of_trees(plan), request.user).order_by("-at", "-pk")
    context = {
        "plan": plan,
        "moves": open_moves(PLAN, request.user, plan, forms=PLAN_FORMS),
        "events": events[:10],
    }
    return render(request, "plans/plan.html", context)


def new_plan(request):
    return make_move(request, PLAN, Plan(), "enter", forms=PLAN_FORMS)


def move_plan(request, pk, move):
    plan = get_object_or_404(Plan.objects.visible_to(request.user), pk=pk)
    return make_move(request, PLAN, plan, move, forms=PLAN_FORMS)


def areas(request):
    rows = Area.objects.visible_to(request.user).for_list().order_by("region", "kind", "pk")
    chosen = AreaFilter(request.GET, rows)
    page = Paginator(chosen.qs, ROWS).get_page(request.GET.get("page"))
    may_enter = AREA["designate"].post_of(request.user, Area())
    context = {"page": page, "filter": chosen, "may_enter": may_enter}
    return render(request, "plans/areas.html", context)


def area(request, pk):
    area = get_object_or_404(Area.objects.visible_to(request.user).for_list(), pk=pk)
    events = readable(Event.objects.of_trees(area), request.user).order_by("-at", "-pk")
    context = {
        "area": area,
        "moves": open_moves(AREA, request.user, area, forms=AREA_FORMS),
        "events": events[:10],
    }
    return render(request, "plans/area.html", context)


def new_area(request):
    return make_move(request, AREA, Area(), "designate", forms=AREA_FORMS)


def move_area(request, pk, move):
    area = get_object_or_404(Area.objects.visible_to(request.user), pk=pk)
    return make_move(request, AREA, area, move, forms=AREA_FORMS)
