"""Pages of money: an agreement's years, one line, one tranche."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from agreements.models import Agreement, Evaluation, Termination
from foundation.models import Event
from foundation.pages import make_move, open_moves
from projects.models import Source

from .filters import TrancheFilter
from .forms import APPROPRIATION_FORMS, TRANCHE_FORMS
from .models import Appropriation, Tranche
from .sums import by_year
from .terminating import COLUMNS, sheet_of
from .workflow import APPROPRIATION, TRANCHE

ROWS = 25
SOURCE_ORDER = {source.value: place for place, source in enumerate(Source)}


def agreement_money(request, pk):
    """Component by year and source: agreed, voted, granted, paid and executed, side by side."""
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
    lines = Appropriation.objects.visible_to(request.user).for_list().filter(agreement=agreement)
    ordered = sorted(lines, key=lambda x: (x.component_id, SOURCE_ORDER[x.source], x.pk))
    years, everything, national = by_year(ordered)
    context = {
        "agreement": agreement,
        "years": years,
        "everything": everything,
        "national": national,
    }
    return render(request, "disbursements/agreement_money.html", context)


def termination_money(request, pk):
    """What lies unspent on each line: as it stands, and frozen once the end is decided."""
    rows = Termination.objects.visible_to(request.user).for_list()
    termination = get_object_or_404(rows, pk=pk)
    sheet = sheet_of(termination)
    names = (*COLUMNS, "unpaid", "unspent")
    context = {
        "termination": termination,
        "rows": sheet,
        "sums": {name: sum(getattr(row, name) for row in sheet) for name in names},
    }
    return render(request, "disbursements/termination_money.html", context)


def appropriation(request, pk):
    rows = Appropriation.objects.visible_to(request.user).for_list()
    line = get_object_or_404(rows, pk=pk)
    entries = line.entries.select_related("made_by", "tranche", "mends").order_by("-pk")
    request_move = TRANCHE["request"]
    context = {
        "line": line,
        "balance": line.balance,
        "moves": open_moves(APPROPRIATION, request.user, line, forms=APPROPRIATION_FORMS),
        "may_request": line.is_national
        and request_move.post_of(request.user, Tranche(appropriation=line)),
        "tranches": line.tranches.order_by("number", "pk"),
        "evaluations": Evaluation.objects.last_before(line.agreement_id, line.fiscal_year),
        "page": Paginator(entries, ROWS).get_page(request.GET.get("page")),
    }
    return render(request, "disbursements/appropriation.html", context)


def move_appropriation(request, pk, move):
    rows = Appropriation.objects.visible_to(request.user).for_list()
    line = get_object_or_404(rows, pk=pk)
    return make_move(request, APPROPRIATION, line, move, forms=APPROPRIATION_FORMS)


def new_tranche(request, pk):
    rows = Appropriation.objects.visible_to(request.user).for_list()
    tranche = Tranche(appropriation=get_object_or_404(rows, pk=pk))
    return make_move(request, TRANCHE, tranche, "request", forms=TRANCHE_FORMS)


def tranches(request):
    rows = Tranche.objects.visible_to(request.user).for_list().order_by("-changed_at", "-pk")
    chosen = TrancheFilter(request.GET, rows)
    page = Paginator(chosen.qs, ROWS).get_page(request.GET.get("page"))
    return render(request, "disbursements/tranches.html", {"page": page, "filter": chosen})


def tranche(request, pk):
    rows = Tranche.objects.visible_to(request.user).for_list()
    rows = rows.select_related("requested_by", "granted_by", "paid_by")
    tranche = get_object_or_404(rows, pk=pk)
    context = {
        "tranche": tranche,
        "line": tranche.appropriation,
        "moves": open_moves(TRANCHE, request.user, tranche, forms=TRANCHE_FORMS),
        "entries": tranche.entries.select_related("made_by").order_by("pk"),
        "events": Event.objects.of(tranche).in_order(),
    }
    return render(request, "disbursements/tranche.html", context)


def move_tranche(request, pk, move):
    tranche = get_object_or_404(Tranche.objects.visible_to(request.user).for_list(), pk=pk)
    return make_move(request, TRANCHE, tranche, move, forms=TRANCHE_FORMS)
