"""Pages of money: an agreement's years, one line, one tranche."""

from pathlib import Path

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from agreements.models import Agreement, Evaluation, Termination
from foundation.models import Event
from foundation.time import clock
from foundation.web.pages import make_move, open_moves

from ..filters import TrancheFilter
from ..forms import APPROPRIATION_FORMS, CARRY_FORMS, SETTLEMENT_FORMS, TRANCHE_FORMS
from ..gaps import gap_of
from ..ledger import pot_of
from ..models import Appropriation, CarryOver, GapResolution, Settlement, Stage, Tranche
from ..sums import SOURCE_ORDER, by_year
from ..terminating import COLUMNS, sheet_of
from ..workflow import APPROPRIATION, CARRY_OVER, GAP_RESOLUTION, SETTLEMENT, TRANCHE

ROWS = 25
ROAD = tuple(s for s in Stage if s not in ("agreed", "voted", "granted", "paid", "executed"))


def agreement_money(request, pk):
    """Component by year and source: agreed, voted, granted, paid and executed, side by side."""
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
    lines = Appropriation.objects.visible_to(request.user).for_list().filter(agreement=agreement)
    ordered = sorted(lines, key=lambda x: (x.component_id, SOURCE_ORDER[x.source], x.pk))
    years, everything, national = by_year(ordered)
    context = {
        "agreement": agreement,
        "pot": pot_of(agreement),
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


def visible(model, user, pk):
    return get_object_or_404(model.objects.visible_to(user).for_list(), pk=pk)


def page_of(request, workflow, record, forms, template, **more):
    """The page of what hangs on a line: itself by the name of its template, the line, the moves
    one has, what happened.
    """
    context = {
        Path(template).stem: record,
        "line": record.appropriation,
        "moves": open_moves(workflow, request.user, record, forms=forms),
        "events": Event.objects.of(record).in_order(),
    }
    return render(request, template, context | more)


def appropriation(request, pk):
    line = visible(Appropriation, request.user, pk)
    gap = gap_of(line, clock.today())
    stage = request.GET.get("stage", "")
    settlement = Settlement.objects.filter(appropriation=line).first()
    context = {
        "line": line,
        "balance": line.balance,
        "moves": open_moves(APPROPRIATION, request.user, line, forms=APPROPRIATION_FORMS),
        "new": new_records(request.user, line, gap),
        "told": [(s, s.label, getattr(line.balance, s)) for s in ROAD if getattr(line.balance, s)],
        "stage": Stage(stage).label if stage in Stage.values else "",
        "gap": gap,
        "rates": rates(line),
        "came": line.balance.paid if line.is_national else line.balance.available,
        "resolutions": line.resolutions.order_by("pk"),
        "carry_overs": line.carry_overs.order_by("pk"),
        "settlement": settlement,
        "untold_since": None if settlement else line.untold_since(clock.today()),
        "tranches": line.tranches.order_by("number", "pk"),
        "evaluations": Evaluation.objects.last_before(line.agreement_id, line.fiscal_year),
        "page": pages_of(line, stage).get_page(request.GET.get("page")),
    }
    return render(request, "disbursements/appropriation.html", context)


def pages_of(line, stage):
    """The entries of a line, or of one stage: why this figure? All of them the ledger counts."""
    entries = line.entries.select_related("made_by", "tranche", "mends").order_by("-pk")
    if stage in Stage.values:
        return Paginator(entries.filter(stage=stage), ROWS)
    pages = Paginator(entries, ROWS)
    pages.count = line.balance.entries
    return pages


def rates(line):
    """Contracted and executed side by side, each with the entry that changed it last."""
    found = []
    for stage in (Stage.CONTRACTED, Stage.EXECUTED):
        if newest := line.entries.filter(stage=stage).order_by("-pk").first():
            found.append((stage.label, getattr(line.balance, stage), newest))
    return found


def new_records(user, line, gap):
    """Which records this person may begin on a line: names of their addresses."""
    kinds = [("new-carry-over", CARRY_OVER["request"], CarryOver)]
    if gap.open > 0:
        kinds.append(("new-gap-resolution", GAP_RESOLUTION["propose"], GapResolution))
    if line.is_national:
        kinds.append(("new-tranche", TRANCHE["request"], Tranche))
        if not Settlement.objects.filter(appropriation=line).exists():
            kinds.append(("new-settlement", SETTLEMENT["report"], Settlement))
    return [
        (name, move) for name, move, kind in kinds if move.post_of(user, kind(appropriation=line))
    ]


def move_appropriation(request, pk, move):
    line = visible(Appropriation, request.user, pk)
    return make_move(request, APPROPRIATION, line, move, forms=APPROPRIATION_FORMS)


def new_tranche(request, pk):
    tranche = Tranche(appropriation=visible(Appropriation, request.user, pk))
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
    entries = tranche.entries.select_related("made_by").order_by("pk")
    return page_of(
        request, TRANCHE, tranche, TRANCHE_FORMS, "disbursements/tranche.html", entries=entries
    )


def move_tranche(request, pk, move):
    tranche = visible(Tranche, request.user, pk)
    return make_move(request, TRANCHE, tranche, move, forms=TRANCHE_FORMS)


def new_carry_over(request, pk):
    carry = CarryOver(appropriation=visible(Appropriation, request.user, pk))
    return make_move(request, CARRY_OVER, carry, "request", forms=CARRY_FORMS)


def carry_over(request, pk):
    carry = visible(CarryOver, request.user, pk)
    return page_of(request, CARRY_OVER, carry, CARRY_FORMS, "disbursements/carry_over.html")


def move_carry_over(request, pk, move):
    carry = visible(CarryOver, request.user, pk)
    return make_move(request, CARRY_OVER, carry, move, forms=CARRY_FORMS)


def new_settlement(request, pk):
    settlement = Settlement(appropriation=visible(Appropriation, request.user, pk))
    return make_move(request, SETTLEMENT, settlement, "report", forms=SETTLEMENT_FORMS)


def settlement(request, pk):
    settlement = visible(Settlement, request.user, pk)
    return page_of(
        request, SETTLEMENT, settlement, SETTLEMENT_FORMS, "disbursements/settlement.html"
    )


def move_settlement(request, pk, move):
    settlement = visible(Settlement, request.user, pk)
    return make_move(request, SETTLEMENT, settlement, move, forms=SETTLEMENT_FORMS)
