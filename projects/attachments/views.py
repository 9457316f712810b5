"""Pages of the attachments of a proposal: list, attach, download, remove."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext

from foundation.web.downloads import download
from foundation.web.pages import make_move
from projects.calls.models import PaperKind
from projects.proposals.models import Proposal
from projects.proposals.workflow import PROPOSAL

from .forms import AttachForm, TakeOutForm
from .models import Attachment

TEMPLATE = "projects/attachments/attachments.html"


def attachments(request, pk):
    """The attachments of a proposal, with a form to attach one for those who may revise it."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user).for_list(), pk=pk)
    papers = list(
        proposal.attachments.filter(removed=False)
        .select_related("added_by", "proposal")
        .order_by("pk")
    )
    attached = {paper.kind for paper in papers}
    context = {
        "proposal": proposal,
        "papers": papers,
        "lacking": [PaperKind(k).label for k in proposal.call.required_papers if k not in attached],
        "may_revise": PROPOSAL["revise"] in PROPOSAL.open_to(request.user, proposal),
    }
    if not context["may_revise"] and request.method != "POST":
        return render(request, TEMPLATE, context)
    answer = make_move(
        request,
        PROPOSAL,
        proposal,
        "revise",
        forms={"revise": AttachForm},
        template=TEMPLATE,
        **context,
    )
    return back_to_list(request, answer, proposal, gettext("The file is attached."))


def drop_attachment(request, pk):
    paper = visible_attachment(request.user, pk, removed=False)
    answer = make_move(
        request,
        PROPOSAL,
        paper.proposal,
        "revise",
        forms={"revise": partial(TakeOutForm, attachment=paper)},
        template="projects/attachments/drop_attachment.html",
        attachment=paper,
        heading=gettext("Take out"),
        button=gettext("Take out"),
    )
    return back_to_list(request, answer, paper.proposal, gettext("The file is taken out."))


def attachment(request, pk):
    """Download a file; a removed one stays readable while a revision names it."""
    paper = visible_attachment(request.user, pk)
    return download(paper.file, name=paper.name, media_type=paper.media_type)


def visible_attachment(user, pk, **more):
    mine = Proposal.objects.visible_to(user).values("pk")
    rows = Attachment.objects.select_related("proposal").filter(proposal__in=mine, **more)
    return get_object_or_404(rows, pk=pk)


def back_to_list(request, answer, proposal, done):
    """After a successful move, redirect to the list with a message; else return the response."""
    if answer.status_code != 302 or proposal.state not in PROPOSAL["revise"].source:
        return answer
    messages.success(request, done)
    return redirect("projects:attachments", proposal.pk)
