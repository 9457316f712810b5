"""A proposal for printing: as an HTML page, and as a PDF."""

import logging

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext

from foundation.printing.typeset import NotTypeset, TooLong, pdf

from ..document import proposal_document
from ..models import Proposal
from ..workflow import PROPOSAL

TEMPLATE = "foundation/typst/document.typ"
log = logging.getLogger(__name__)


def print_page(request, pk):
    proposal, revision = chosen(request, pk)
    context = {
        "proposal": proposal,
        "revision": revision,
        "revisions": sorted(each.number for each in proposal.revisions.all()),
        "document": proposal_document(proposal, revision),
    }
    return render(request, "projects/proposals/print.html", context)


def pdf_file(request, pk):
    """Download the PDF; if it cannot be made, redirect to the page for printing."""
    proposal, revision = chosen(request, pk)
    document = proposal_document(proposal, revision)
    try:
        made = pdf(TEMPLATE, document, language=get_language())
    except NotTypeset as reason:
        return instead(request, proposal, revision, reason)
    name = f"{document['title']} ({document['mark']}).pdf".replace("/", "-")
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, name)
    answer["Cache-Control"] = "private, no-store"
    return answer


def instead(request, proposal, revision, reason):
    if isinstance(reason, TooLong):
        text = gettext("This proposal is too long for a PDF from here. Print this page instead.")
    else:
        log.error("No PDF of proposal %s: %s", proposal.pk, reason)
        text = gettext("The PDF could not be made. Print this page instead.")
    messages.error(request, text)
    answer = redirect("projects:print", proposal.pk)
    if revision:
        answer["Location"] += f"?revision={revision.number}"
    return answer


def chosen(request, pk):
    """(proposal, revision) for ``?revision=``; the revision is None for the current content.

    The default is the last revision, or the current content if it can still be edited.
    """
    rows = Proposal.objects.visible_to(request.user).for_list()
    proposal = get_object_or_404(rows.prefetch_related("revisions__submitted_by"), pk=pk)
    revisions = {str(each.number): each for each in proposal.revisions.all()}
    asked = request.GET.get("revision")
    if asked and asked not in (*revisions, "now"):
        raise Http404
    if asked is None and revisions and proposal.state not in PROPOSAL["revise"].source:
        asked = max(revisions, key=int)
    return proposal, revisions.get(asked)
