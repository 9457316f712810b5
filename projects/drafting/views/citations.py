"""Pages of citations: the plans that a component cites, and the components that cite a plan."""

from functools import partial

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext

from plans.models import Plan
from projects.proposals.models import Proposal

from ..forms import CitationForm
from ..plan_coverage import carriers_of
from .components import visible_component
from .parts import write_part


def citations(request, pk):
    """Edit the goals and standards that one component cites."""
    component = visible_component(request.user, pk)
    proposal = Proposal.objects.for_page().get(pk=component.proposal_id)
    return write_part(
        request,
        proposal,
        f"plans-{component.pk}",
        partial(CitationForm, component=component),
        template="projects/drafting/part.html",
        heading=gettext("Plans above: %s") % component,
    )


def plan_projects(request, pk):
    """The components that serve each goal of a plan, with their amounts."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).prefetch_related("goals"), pk=pk)
    carried, national, total = carriers_of(plan, request.user)
    context = {"plan": plan, "carried": carried, "national": national, "total": total}
    return render(request, "projects/drafting/plan_projects.html", context)
