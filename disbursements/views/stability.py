"""Pages that say whether the promise is kept, and what a cut would do before it happens."""

from django.shortcuts import render

from accounts.models import Organisation
from foundation import clock
from foundation.money import percent
from projects.models import Source

from ..filters import CutForm, StabilityForm
from ..models import Appropriation
from ..stability import cut, expected, lines_of, measured

BARS = ("promised", "appropriated", "paid", "executed")
MOST = 20  # warnings on the page
WIDTH = 600  # of the chart, in its own units


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
        context |= {
            "year": year,
            "by": dict(StabilityForm.BY)[by],
            "rows": [shown(head, one) for head, one in rows],
            "all": shown("", everything),
            "warnings": everything.warnings,
            "largest": largest(everything.warnings),
            "shown_at_most": MOST,
            "expected": expected(lines, today),
            "bars": bars(rows),
        }
    return render(request, "disbursements/stability.html", context)


def largest(warnings):
    return sorted(warnings, key=lambda warning: (-warning[2], warning[0].pk))[:MOST]


def province_of(line):
    """The province that the applicant belongs to today, or the applicant that is one itself."""
    applicant = line.agreement.proposal.applicant
    spell = applicant.spell_on(clock.today())
    return spell.parent if spell and spell.parent_id else applicant


HEADS = {
    "agreement": lambda line: line.agreement,
    "ministry": lambda line: line.payer,
    "province": province_of,
}


def shown(head, one):
    return {
        "head": head,
        "one": one,
        "kept": percent(one.kept, one.promised - one.awaited),
        "paid": percent(one.paid, one.promised),
        "executed": percent(one.executed, one.paid),
        "days": None if one.days is None else int(one.days * 10 + 0.5) / 10,
    }


def bars(rows):
    """A bar for each amount of each row, as wide as its share of the largest amount."""
    most = max((getattr(one, name) for _head, one in rows for name in BARS), default=0)
    if not most:
        return []
    return [
        (head, [(name, getattr(one, name), WIDTH * getattr(one, name) // most) for name in BARS])
        for head, one in rows[:12]
    ]


def what_if(request):
    """A cut of one ministry's year, shown before it happens; looking writes nothing."""
    payers = payers_seen_by(request.user)
    first = {"year": clock.today().year + 1, "percent": 20}
    first["ministry"] = payers.values_list("pk", flat=True).first()
    form = CutForm(first | request.GET.dict(), payers=payers)
    context = {"filter": {"form": form}}
    if form.is_valid():
        lines = lines_of(request.user, form.cleaned_data["year"])
        chosen = lines.filter(payer=form.cleaned_data["ministry"]).order_by("agreement", "pk")
        losses = cut(chosen, form.cleaned_data["percent"])
        context |= {
            "losses": [loss_row(line, loss) for line, loss in losses],
            "whole": sum(loss for _line, loss in losses),
        }
    return render(request, "disbursements/what_if.html", context)


def payers_seen_by(user):
    lines = Appropriation.objects.visible_to(user).filter(source=Source.NATIONAL)
    return Organisation.objects.filter(pk__in=lines.values("payer")).named().order_by("pk")


def loss_row(line, loss):
    return {"line": line, "loss": loss, "left": line.balance.agreed - loss}
