"""Pages of amendments: propose, edit, materiality, withdraw."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext

from agreements.drafting.views.drafts import revise
from agreements.versions.models import Agreement, Version
from agreements.versions.views.agreements import current_version, newest_version
from agreements.versions.views.comparison import compared
from agreements.versions.views.steps import steps
from foundation.engine.workflow import readable
from foundation.models import Event
from foundation.web.pages import make_move, open_moves

from ..forms import AMENDMENT_FORMS, AmountsForm, HeirsForm, LeadForm, TermsForm
from ..models import Amendment
from ..scope import whose_turn
from ..workflow import AMENDMENT
from .materiality import materiality_parts
from .panel import may_revise


def new_amendment(request, pk):
    """Propose a change of the version in force."""
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
    amendment = Amendment(agreement=agreement, base=current_version(request.user, pk))
    return make_move(
        request,
        AMENDMENT,
        amendment,
        "propose",
        forms=AMENDMENT_FORMS,
        template="agreements/amendments/propose.html",
        parent=agreement,
    )


def amendment(request, pk):
    rows = Amendment.objects.visible_to(request.user).for_list()
    amendment = get_object_or_404(rows.select_related("agreement__proposal__call"), pk=pk)
    version = Version.objects.for_page().get(amendment=amendment)
    context = {
        "amendment": amendment,
        "agreement": amendment.agreement,
        "version": version,
        "steps": steps(version),
        "turns": whose_turn(version),
        "may_revise": may_revise(request.user, version),
        "moves": open_moves(AMENDMENT, request.user, amendment, forms=AMENDMENT_FORMS),
        "events": readable(Event.objects.of(amendment), request.user).in_order(),
        **materiality_parts(version),
        **compared(amendment.base, version),
    }
    return render(request, "agreements/amendments/amendment.html", context)


def move_amendment(request, pk, move):
    rows = Amendment.objects.visible_to(request.user).for_list()
    amendment = get_object_or_404(rows, pk=pk)
    return make_move(request, AMENDMENT, amendment, move, forms=AMENDMENT_FORMS)


def terms(request, pk):
    version = newest_version(request.user, pk)
    return revise(request, version, TermsForm, heading=gettext("Period and area"))


def amended_version(user, pk):
    """The version of the open amendment; Http404 for a first version."""
    version = newest_version(user, pk)
    if version.amendment is None:
        raise Http404
    return version


def amounts(request, pk, component):
    version = amended_version(request.user, pk)
    components = version.agreement.proposal.components.live()
    component = get_object_or_404(components, pk=component)
    words = {"heading": gettext("Change the amounts")}
    return revise(
        request,
        version,
        AmountsForm,
        "agreements/amendments/amounts.html",
        component=component,
        **words,
    )


def lead(request, pk):
    version = amended_version(request.user, pk)
    return revise(request, version, LeadForm, heading=gettext("Another lead ministry"))


def heirs(request, pk):
    version = amended_version(request.user, pk)
    words = {"heading": gettext("Heirs of a divided ministry")}
    return revise(request, version, HeirsForm, "agreements/amendments/heirs.html", **words)
