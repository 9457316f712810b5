"""Pages of one fiscal year: of an agreement, a ministry, a local government; ceilings ahead."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext

from accounts.models import Organisation
from agreements.models import Agreement
from disbursements.ledger.filters import YearForm
from disbursements.ledger.models import Appropriation
from disbursements.stability.forecast import bodies_seen_by, ten_years
from disbursements.tranches.views import ROWS
from disbursements.years.gaps import open_gaps
from foundation.time import clock
from projects.models import Source

from ..charts import bars
from ..totals import SOURCE_ORDER
from ..year_tables import OF_NATIONAL, ROAD, Amounts, matching, of_row, sums, to_be_returned

BARS = ("agreed", "voted", "paid", "executed")


def agreement_year(request, pk, year):
    """The lines of a year by stage, and where the money of the year is."""
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
    visible = Appropriation.objects.visible_to(request.user).filter(agreement=agreement)
    lines = list(visible.for_list().filter(fiscal_year=year))
    if not lines:
        raise Http404
    lines.sort(key=lambda line: (line.component_id, SOURCE_ORDER[line.source], line.pk))
    everything, components = Amounts(), {}
    for line in lines:
        everything.add(line.balance)
        components.setdefault(line.component, Amounts()).add(line.balance)
    years = visible.order_by("fiscal_year").values_list("fiscal_year", flat=True).distinct()
    context = {
        "agreement": agreement,
        "year": year,
        "years": list(years),
        "heads": [stage.label for stage in ROAD],
        "rows": [(line, road_of_line(line)) for line in lines],
        "sums": [getattr(everything, stage) for stage in ROAD],
        "everything": everything,
        "matching": matching(lines),
        "open_gap": sum(
            line.open for line in open_gaps(visible, clock.today()).filter(fiscal_year=year)
        ),
        "bars": bars(list(components.items()), BARS),
    }
    return render(request, "disbursements/statements/agreement_year.html", context)


def road_of_line(line):
    """[(won, stage)] for each column; won is None where the source does not have the stage."""
    return [
        (
            None if not line.is_national and stage in OF_NATIONAL else getattr(line.balance, stage),
            stage,
        )
        for stage in ROAD
    ]


def ministry_year(request):
    """What a ministry promised, requested, was voted, granted and paid in a year."""
    bodies = payers(request.user)
    return year_of(
        request,
        bodies,
        lambda body: Q(payer=body, source=Source.NATIONAL),
        gettext("A ministry's year"),
        "disbursements:ministry-year",
    )


def local_year(request):
    """What a local government receives and pays in a year, and national funds without match."""
    bodies = recipients(request.user)
    return year_of(
        request,
        bodies,
        lambda body: Q(recipient=body) | Q(payer=body),
        gettext("A local government's year"),
        "disbursements:local-year",
        matched=True,
    )


def payers(user):
    lines = Appropriation.objects.visible_to(user).filter(source=Source.NATIONAL)
    return Organisation.objects.filter(pk__in=lines.values("payer")).named().order_by("pk")


def recipients(user):
    lines = Appropriation.objects.visible_to(user)
    return Organisation.objects.filter(pk__in=lines.values("recipient")).named().order_by("pk")


def year_of(request, bodies, of_body, title, address, *, matched=False):
    own = bodies.filter(pk__in=request.user.organisations)
    first = own.values_list("pk", flat=True).first() or bodies.values_list("pk", flat=True).first()
    given = {"year": clock.today().year, "organisation": first} | request.GET.dict()
    form = YearForm(given, bodies=bodies)
    context = {"filter": {"form": form}, "title": title, "address": address}
    if form.is_valid():
        year, body = form.cleaned_data["year"], form.cleaned_data["organisation"]
        rows = Appropriation.objects.visible_to(request.user).filter(of_body(body))
        rows = rows.filter(fiscal_year=year)
        context |= tables(rows, request.GET.get("page")) | {"year": year, "body": body}
        if matched:
            context["unmatched"] = to_be_returned(rows)
    return render(request, "disbursements/statements/year.html", context)


def tables(rows, page):
    """By source and by agreement, summed by the database; one page of agreements."""
    by_source = rows.order_by().values("source").annotate(**sums())
    sources = {row["source"]: of_row(row) for row in by_source}
    by_agreement = rows.values("agreement").annotate(**sums()).order_by("agreement")
    shown = Paginator(by_agreement, ROWS).get_page(page)
    agreements = Agreement.objects.in_bulk([row["agreement"] for row in shown])
    agreed = [(agreements[row["agreement"]], of_row(row)) for row in shown]
    return {
        "all": of_row(rows.aggregate(**sums())),
        "sources": [(source.label, sources[source]) for source in Source if source in sources],
        "page": shown,
        "agreements": agreed,
        "bars": bars(agreed, BARS),
    }


def ceilings_ahead(request):
    """Ceilings against commitments for the next ten years."""
    first = clock.today().year
    rows, whole = ten_years(bodies_seen_by(request.user), first)
    context = {"rows": rows, "whole": whole}
    context["bars"] = bars(
        [(cell.year, cell) for cell in whole if cell.ceiling or cell.committed],
        ("ceiling", "committed"),
    )
    return render(request, "disbursements/statements/ceilings_ahead.html", context)
