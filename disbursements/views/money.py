"""Pages of money: an agreement's years, one line, one tranche."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from agreements.models import Agreement, Evaluation, Termination
from foundation.models import Event
from foundation.pages import make_move, open_moves
from projects.models import Source

from ..filters import TrancheFilter
from ..forms import APPROPRIATION_FORMS, CARRY_FORMS, SETTLEMENT_FORMS, TRANCHE_FORMS
from ..models import Appropriation, CarryOver, Settlement, Stage, Tranche
from ..sums import by_year
from ..terminating import COLUMNS, sheet_of
from ..workflow import APPROPRIATION, CARRY_OVER, SETTLEMENT, TRANCHE

ROWS = 25
ROAD = tuple(s for s in Stage if s not in ("agreed", "voted", "granted", "paid", "executed"))
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
    stage = request.GET.get("stage", "")
    if stage in Stage.values:  # why this figure?
        entries = entries.filter(stage=stage)
    context = {
        "line": line,
        "balance": line.balance,
        "moves": open_moves(APPROPRIATION, request.user, line, forms=APPROPRIATION_FORMS),
        "new": new_records(request.user, line),
        "told": [(s, s.label, getattr(line.balance, s)) for s in ROAD if getattr(line.balance, s)],
        "stage": Stage(stage).label if stage in Stage.values else "",
        "carry_overs": line.carry_overs.order_by("pk"),
        "settlement": Settlement.objects.filter(appropriation=line).first(),
        "tranches": line.tranches.order_by("number", "pk"),
        "evaluations": Evaluation.objects.last_before(line.agreement_id, line.fiscal_year),
        "page": Paginator(entries, ROWS).get_page(request.GET.get("page")),
    }
    return render(request, "disbursements/appropriation.html", context)


def new_records(user, line):
    """Which records this person may begin on a line: names of their addresses."""
    kinds = [("new-carry-over", CARRY_OVER["request"], CarryOver)]
    if line.is_national:
        kinds.append(("new-tranche", TRANCHE["request"], Tranche))
        if not Settlement.objects.filter(appropriation=line).exists():
            kinds.append(("new-settlement", SETTLEMENT["report"], Settlement))
    return [
        (name, move) for name, move, kind in kinds if move.post_of(user, kind(appropriation=line))
    ]


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


def carry_overs_of(user):
    return CarryOver.objects.visible_to(user).for_list()


def new_carry_over(request, pk):
    rows = Appropriation.objects.visible_to(request.user).for_list()
    carry = CarryOver(appropriation=get_object_or_404(rows, pk=pk))
    return make_move(request, CARRY_OVER, carry, "request", forms=CARRY_FORMS)


def carry_over(request, pk):
    carry = get_object_or_404(carry_overs_of(request.user), pk=pk)
    context = {
        "carry": carry,
        "line": carry.appropriation,
        "moves": open_moves(CARRY_OVER, request.user, carry, forms=CARRY_FORMS),
        "events": Event.objects.of(carry).in_order(),
    }
    return render(request, "disbursements/carry_over.html", context)


def move_carry_over(request, pk, move):
    carry = get_object_or_404(carry_overs_of(request.user), pk=pk)
    return make_move(request, CARRY_OVER, carry, move, forms=CARRY_FORMS)


def settlements_of(user):
    return Settlement.objects.visible_to(user).for_list()


def new_settlement(request, pk):
    rows = Appropriation.objects.visible_to(request.user).for_list()
    settlement = Settlement(appropriation=get_object_or_404(rows, pk=pk))
    return make_move(request, SETTLEMENT, settlement, "report", forms=SETTLEMENT_FORMS)


def settlement(request, pk):
    settlement = get_object_or_404(settlements_of(request.user), pk=pk)
    context = {
        "settlement": settlement,
        "line": settlement.appropriation,
        "moves": open_moves(SETTLEMENT, request.user, settlement, forms=SETTLEMENT_FORMS),
        "events": Event.objects.of(settlement).in_order(),
    }
    return render(request, "disbursements/settlement.html", context)


def move_settlement(request, pk, move):
    settlement = get_object_or_404(settlements_of(request.user), pk=pk)
    return make_move(request, SETTLEMENT, settlement, move, forms=SETTLEMENT_FORMS)
