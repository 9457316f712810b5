"""Pages of components: list, read, edit with the yearly budget, drop."""

from functools import partial

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext

from foundation.web.pages import make_move
from projects.budget import sums as budget
from projects.proposals.models import Component, Proposal, Source
from projects.proposals.workflow import PROPOSAL

from ..forms import ComponentForm, DropForm
from .parts import write_part


def components(request, pk):
    """The components of a proposal, with the total in won of each."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user).for_page(), pk=pk)
    rows = [(c, budget.total(c.plain_lines())) for c in proposal.live_components()]
    context = {
        "proposal": proposal,
        "components": rows,
        "all": sum(won for _component, won in rows),
        "may_revise": PROPOSAL["revise"] in PROPOSAL.open_to(request.user, proposal),
    }
    return render(request, "projects/drafting/components.html", context)


def new_component(request, pk):
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user).for_page(), pk=pk)
    return edit_component(request, proposal, None)


def component(request, pk):
    component = visible_component(request.user, pk)
    proposal = component.proposal
    if PROPOSAL["revise"] in PROPOSAL.open_to(request.user, proposal):
        return edit_component(request, proposal, component)
    lines = component.plain_lines()
    years = sorted(budget.by(lines, "year"))
    sources = [s.value for s in Source if s.value in budget.by(lines, "source")]
    rows, all_years = budget.table(lines, years, sources, "source")
    by_source = [(Source(row.head).label, row) for row in rows]
    context = {"component": component, "years": years, "by_source": by_source}
    return render(
        request, "projects/drafting/component_page.html", context | {"all_years": all_years}
    )


def drop_component(request, pk):
    component = visible_component(request.user, pk)

    return make_move(
        request,
        PROPOSAL,
        component.proposal,
        "revise",
        forms={"revise": partial(DropForm, component=component)},
        template="projects/drafting/drop_component.html",
        component=component,
        heading=gettext("Take out"),
        button=gettext("Take out"),
    )


def visible_component(user, pk):
    mine = Proposal.objects.visible_to(user).values("pk")
    rows = (
        Component.objects.live()
        .select_related("proposal")
        .prefetch_related("lines", "goals__plan", "access__standard")
    )
    return get_object_or_404(rows.filter(proposal__in=mine), pk=pk)


def edit_component(request, proposal, component):
    """Edit a component with its grid; ``recalculate`` shows the sums and saves nothing."""
    heading = str(component) if component else gettext("Add a component")
    place = f"component-{component.pk}" if component else "component-new"
    return write_part(
        request,
        proposal,
        place,
        partial(ComponentForm, component=component),
        template="projects/drafting/component.html",
        heading=heading,
        saved=gettext("Component"),
        component=component,
    )
