"""Pages of the gaps of a year and of their resolutions."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from disbursements.ledger.models import Appropriation, Stage
from disbursements.ledger.views import page_of, visible
from disbursements.tranches.views import ROWS
from foundation.time import clock
from foundation.web.pages import make_move

from ..filters import GapForm
from ..forms import GAP_FORMS
from ..gaps import CALENDAR, day_of, with_gaps
from ..models import GapResolution
from ..workflow import GAP_RESOLUTION


def gaps(request):
    """The list of gaps: promised money missing in the year's budget, largest first."""
    today = clock.today()
    form = GapForm({"year": today.year + (today.month > 1), "shown": "open"} | request.GET.dict())
    context = {"filter": {"form": form}}
    if form.is_valid():
        year = form.cleaned_data["year"]
        rows = Appropriation.objects.visible_to(request.user).filter(fiscal_year=year).for_list()
        rows = with_gaps(rows, today).filter(short__gt=0)
        if form.cleaned_data["shown"] == "open":
            rows = rows.filter(open__gt=0)
        page = Paginator(rows.order_by("-open", "pk"), ROWS).get_page(request.GET.get("page"))
        for line in page:
            line.shows = Stage(line.stage).label
        context |= {"page": page, "days": days(year), "today": today}
    return render(request, "disbursements/years/gaps.html", context)


def days(year):
    """[(stage label, deadline)] of the budget of the year."""
    return [(stage.label, day_of(stage, year)) for stage in CALENDAR]


def new_gap_resolution(request, pk):
    resolution = GapResolution(appropriation=visible(Appropriation, request.user, pk))
    return make_move(request, GAP_RESOLUTION, resolution, "propose", forms=GAP_FORMS)


def gap_resolution(request, pk):
    resolution = get_object_or_404(GapResolution.objects.visible_to(request.user).for_list(), pk=pk)
    return page_of(
        request, GAP_RESOLUTION, resolution, GAP_FORMS, "disbursements/years/gap_resolution.html"
    )


def move_gap_resolution(request, pk, move):
    resolution = visible(GapResolution, request.user, pk)
    return make_move(request, GAP_RESOLUTION, resolution, move, forms=GAP_FORMS)
