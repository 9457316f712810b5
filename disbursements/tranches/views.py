"""Pages of tranches."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from disbursements.ledger.models import Appropriation
from disbursements.ledger.views import page_of, visible
from foundation.web.pages import make_move

from .filters import TrancheFilter
from .forms import TRANCHE_FORMS
from .models import Tranche
from .workflow import TRANCHE

ROWS = 25


def new_tranche(request, pk):
    tranche = Tranche(appropriation=visible(Appropriation, request.user, pk))
    return make_move(request, TRANCHE, tranche, "request", forms=TRANCHE_FORMS)


def tranches(request):
    rows = Tranche.objects.visible_to(request.user).for_list().order_by("-changed_at", "-pk")
    chosen = TrancheFilter(request.GET, rows)
    page = Paginator(chosen.qs, ROWS).get_page(request.GET.get("page"))
    return render(request, "disbursements/tranches/tranches.html", {"page": page, "filter": chosen})


def tranche(request, pk):
    rows = Tranche.objects.visible_to(request.user).for_list()
    rows = rows.select_related("requested_by", "granted_by", "paid_by")
    tranche = get_object_or_404(rows, pk=pk)
    entries = tranche.entries.select_related("made_by").order_by("pk")
    return page_of(
        request,
        TRANCHE,
        tranche,
        TRANCHE_FORMS,
        "disbursements/tranches/tranche.html",
        entries=entries,
    )


def move_tranche(request, pk, move):
    tranche = visible(Tranche, request.user, pk)
    return make_move(request, TRANCHE, tranche, move, forms=TRANCHE_FORMS)
