"""The yearly budget of a whole proposal as one grid."""

from functools import partial

from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext

from foundation.money import UNITS
from projects.drafting.views.parts import write_part
from projects.proposals.models import Proposal

from ..forms import BudgetForm


def budget(request, pk):
    """Show or save the grid; a ``recalculate`` request by htmx returns only the sums."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user).for_page(), pk=pk)
    form_class = partial(BudgetForm, unit=request.GET.get("unit", "won"))
    typing = request.htmx and "recalculate" in request.POST
    answer = write_part(
        request,
        proposal,
        "budget",
        form_class,
        template="projects/budget/budget_sums.html" if typing else "projects/budget/budget.html",
        heading=gettext("Yearly budget"),
    )
    saved = request.method == "POST" and answer.status_code == 302
    return redirect(back(request)) if saved else answer


def back(request):
    """The URL of the same page in the unit that was used."""
    unit = request.POST.get("unit")
    return f"{request.path}?unit={unit}" if unit in UNITS and unit != "won" else request.path
