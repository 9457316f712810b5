"""Pages of the money of an agreement and of one line of it."""

from pathlib import Path

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from agreements.models import Agreement, Evaluation
from disbursements.statements.totals import SOURCE_ORDER, by_year
from disbursements.tranches.models import Tranche
from disbursements.tranches.workflow import TRANCHE
from disbursements.years.gaps import gap_of
from disbursements.years.models import CarryOver, GapResolution, Settlement
from disbursements.years.workflow import CARRY_OVER, GAP_RESOLUTION, SETTLEMENT
from foundation.models import Event
from foundation.time import clock
from foundation.web.pages import make_move, open_moves

from .forms import APPROPRIATION_FORMS
from .models import Appropriation, Stage
from .workflow import APPROPRIATION
from .writers import pot_of

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
    return render(request, "disbursements/ledger/agreement_money.html", context)


def visible(model, user, pk):
    return get_object_or_404(model.objects.visible_to(user).for_list(), pk=pk)


def page_of(request, workflow, record, forms, template, **more):
    """The page of a record of a line, with the line, the possible moves and the history.

    The template finds the record under the template's own name.
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
        "figures": [
            (s, s.label, getattr(line.balance, s)) for s in ROAD if getattr(line.balance, s)
        ],
        "stage": Stage(stage).label if stage in Stage.values else "",
        "gap": gap,
        "rates": rates(line),
        "came": line.balance.paid if line.is_national else line.balance.available,
        "resolutions": line.resolutions.order_by("pk"),
        "carry_overs": line.carry_overs.order_by("pk"),
        "settlement": settlement,
        "unreported_since": None if settlement else line.unreported_since(clock.today()),
        "tranches": line.tranches.order_by("number", "pk"),
        "evaluations": Evaluation.objects.last_before(line.agreement_id, line.fiscal_year),
        "page": pages_of(line, stage).get_page(request.GET.get("page")),
    }
    return render(request, "disbursements/ledger/appropriation.html", context)


def pages_of(line, stage):
    """Pages of the entries of a line, or of one stage; the balance has the count of all."""
    entries = line.entries.select_related("made_by", "tranche", "mends").order_by("-pk")
    if stage in Stage.values:
        return Paginator(entries.filter(stage=stage), ROWS)
    pages = Paginator(entries, ROWS)
    pages.count = line.balance.entries
    return pages


def rates(line):
    """[(label, won, newest entry)] of what is contracted and what is executed."""
    found = []
    for stage in (Stage.CONTRACTED, Stage.EXECUTED):
        if newest := line.entries.filter(stage=stage).order_by("-pk").first():
            found.append((stage.label, getattr(line.balance, stage), newest))
    return found


def new_records(user, line, gap):
    """[(URL name, move)] of the records that a person may create on a line."""
    kinds = [("disbursements:new-carry-over", CARRY_OVER["request"], CarryOver)]
    if gap.open > 0:
        kinds.append(("disbursements:new-gap-resolution", GAP_RESOLUTION["propose"], GapResolution))
    if line.is_national:
        kinds.append(("disbursements:new-tranche", TRANCHE["request"], Tranche))
        if not Settlement.objects.filter(appropriation=line).exists():
            kinds.append(("disbursements:new-settlement", SETTLEMENT["report"], Settlement))
    return [
        (name, move) for name, move, kind in kinds if move.post_of(user, kind(appropriation=line))
    ]


def move_appropriation(request, pk, move):
    line = visible(Appropriation, request.user, pk)
    return make_move(request, APPROPRIATION, line, move, forms=APPROPRIATION_FORMS)
