"""Pages of the parts of a proposal, and the storage of unsaved text."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from foundation.web.pages import make_move
from projects.proposals.models import Proposal
from projects.proposals.workflow import PROPOSAL

from .. import unsaved
from ..forms import PART_FORMS
from ..task_list import BY_NAME


def part(request, pk, name):
    """Show the form of one part of a proposal, or save it."""
    if name not in PART_FORMS:
        raise Http404
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user).for_page(), pk=pk)
    return write_part(
        request,
        proposal,
        name,
        PART_FORMS[name],
        template="projects/drafting/part.html",
        heading=capfirst(BY_NAME[name].label),
    )


def write_part(request, proposal, place, form_class, *, template, heading, saved="", **more):
    """Show or save the form of a part by the move ``revise`` of the proposal.

    ``recalculate`` shows sums and complaints, ``show_in`` another unit; both save nothing.
    Unsaved text of the same person is loaded into the form.
    """
    missing = [row for row in proposal.open_shortcomings() if row.part == place]
    words = {"heading": heading, "button": gettext("Save"), "place": place, "missing": missing}
    words |= more
    if "recalculate" in request.POST or "show_in" in request.POST:
        return recalculated(request, proposal, form_class, template, words)
    answer = make_move(
        request,
        PROPOSAL,
        proposal,
        "revise",
        forms={"revise": form_class},
        template=template,
        reopen=partial(reopened, proposal, request.user, place),
        **words,
    )
    if request.method == "POST" and answer.status_code == 302:
        unsaved.forget(proposal, request.user, place)
        messages.success(request, gettext("Saved: %s.") % (saved or heading))
    return answer


def recalculated(request, proposal, form_class, template, words):
    move = PROPOSAL["revise"]
    if move not in PROPOSAL.open_to(request.user, proposal):
        raise PermissionDenied
    form = form_class(request.POST, record=proposal, move=move, actor=request.user)
    form.is_valid()
    context = {"record": proposal, "form": form, "move": move} | words
    return render(request, template, context)


def reopened(proposal, person, place, form_class, **options):
    if left := unsaved.of(proposal, person, place):
        return unsaved.recall(left, form_class, **options)
    return form_class(None, **options)


@require_POST
def keep_unsaved(request, pk, place):
    """Store unsaved text while it is typed, or discard it; nobody else sees it."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user), pk=pk)
    if PROPOSAL["revise"] not in PROPOSAL.open_to(request.user, proposal):
        raise PermissionDenied
    if "discard" in request.POST:
        unsaved.forget(proposal, request.user, place)
        back = request.POST["discard"]
        return redirect(back if url_has_allowed_host_and_scheme(back, None) else proposal)
    if int(request.headers.get("Content-Length") or 0) > unsaved.MOST_BYTES or len(place) > 60:
        return HttpResponseBadRequest(gettext("This is too long to be kept."))
    kept = unsaved.keep(proposal, request.user, place, request.POST)
    return render(request, "projects/drafting/kept.html", {"jotting": kept})
