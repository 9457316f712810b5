"""Pages of the measures of stability and of the effects of a hypothetical cut."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from accounts.models import Organisation
from agreements.models import Agreement, Amendment
from agreements.versions.views.agreements import current_version
from agreements.workflow import AMENDMENT
from disbursements.ledger.models import Appropriation
from disbursements.statements.charts import bars
from disbursements.tranches.views import ROWS
from foundation.money import percent
from foundation.time import clock
from foundation.web.pages import make_move
from projects.models import Source

from .filters import CutForm, StabilityForm
from .forms import CutForm as AmendmentForm
from .measures import HEADS, cut, expected, lines_of, measured

BARS = ("promised", "appropriated", "paid", "executed")
MOST = 20  # warnings on the page


def overview(request):
    """Promised, appropriated, paid and executed of one year, by agreement, ministry or province."""
    today = clock.today()
    form = StabilityForm({"year": today.year, "by": "agreement"} | request.GET.dict())
    context = {"filter": {"form": form}}
    if form.is_valid():
        year, by = form.cleaned_data["year"], form.cleaned_data["by"]
        lines = list(lines_of(request.user, year).order_by("agreement", "component", "pk"))
        groups, everything = measured(lines, today, HEADS[by])
        rows = sorted(groups.items(), key=lambda row: (-row[1].promised, str(row[0])))
        page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
        context |= {
            "year": year,
            "by": dict(StabilityForm.BY)[by],
            "page": page,
            "rows": [shown(head, one) for head, one in page],
            "all": shown("", everything),
            "warnings": everything.warnings,
            "largest": largest(everything.warnings),
            "shown_at_most": MOST,
            "expected": expected(lines, today),
            "bars": bars(list(page), BARS),
        }
    return render(request, "disbursements/stability/stability.html", context)


def largest(warnings):
    return sorted(warnings, key=lambda warning: (-warning[2], warning[0].pk))[:MOST]


def shown(head, one):
    return {
        "head": head,
        "one": one,
        "kept": percent(one.kept, one.promised - one.awaited),
        "paid": percent(one.paid, one.promised),
        "executed": percent(one.executed, one.paid),
        "days": None if one.days is None else int(one.days * 10 + 0.5) / 10,
    }


def what_if(request):
    """The effects of a hypothetical cut of one ministry's funds of a year; writes nothing."""
    payers = payers_seen_by(request.user)
    first = {"year": clock.today().year + 1, "percent": 20}
    first["ministry"] = payers.values_list("pk", flat=True).first()
    form = CutForm(first | request.GET.dict(), payers=payers)
    context = {"filter": {"form": form}}
    if form.is_valid():
        losses = losses_of(request.user, **form.cleaned_data)
        context |= {
            "losses": [loss_row(line, loss) for line, loss in losses],
            "whole": sum(loss for _line, loss in losses),
            "may_propose": request.user.may_somewhere("agreements.propose_amendment"),
            "chosen": request.GET.urlencode() or urlencode(first),
        }
    return render(request, "disbursements/stability/what_if.html", context)


def losses_of(user, ministry, year, percent):
    chosen = lines_of(user, year).filter(payer=ministry).order_by("agreement", "pk")
    return cut(chosen, percent)


def new_cut_amendment(request, pk):
    """Propose an amendment after a cut, with its amounts already written."""
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
    amendment = Amendment(agreement=agreement, base=current_version(request.user, pk))

    def losses(ministry, year, percent):
        found = losses_of(request.user, ministry, year, percent)
        return [(line, loss) for line, loss in found if line.agreement_id == pk and loss]

    def form_class(data=None, **options):
        asked = {name: request.GET[name] for name in CutForm.base_fields if name in request.GET}
        options["initial"] |= asked
        return AmendmentForm(data, losses=losses, **options)

    return make_move(
        request,
        AMENDMENT,
        amendment,
        "propose",
        forms={"propose": form_class},
        template="agreements/amendments/propose.html",
        parent=agreement,
    )


def payers_seen_by(user):
    lines = Appropriation.objects.visible_to(user).filter(source=Source.NATIONAL)
    return Organisation.objects.filter(pk__in=lines.values("payer")).named().order_by("pk")


def loss_row(line, loss):
    return {"line": line, "loss": loss, "left": line.balance.agreed - loss}
