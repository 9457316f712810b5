"""The yearly budget as a workbook: download the form, upload it, see what changes, confirm."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from foundation.engine.workflow import NotNow
from foundation.intake.sheets.refusals import Refused
from foundation.web.downloads import SEALED
from foundation.web.pages import make_move
from projects.proposals.models import Proposal
from projects.proposals.workflow import PROPOSAL

from ..forms import SheetForm, UploadForm, sealed
from ..grid import changed_cells
from ..workbook import budget_book, read_budget

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def budget_sheet(request, pk):
    """Download the workbook with the saved amounts; for everyone who may see the proposal."""
    proposal = visible(request.user, pk)
    title = slugify(proposal.title, allow_unicode=True)[:60] or str(proposal.pk)
    words = gettext("yearly budget").replace(" ", "-")
    name = f"{title}-{words}.xlsx"
    headers = SEALED | {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(budget_book(proposal), content_type=XLSX, headers=headers)


def upload_budget(request, pk):
    """Upload a workbook: show its errors or the changes, then save once they are confirmed."""
    proposal = visible(request.user, pk)
    if request.method == "POST" and PROPOSAL["revise"] in PROPOSAL.open_to(request.user, proposal):
        if "cells" in request.POST:
            return confirm(request, proposal)
        if request.FILES:
            return show_changes(request, proposal)
    return make_move(
        request,
        PROPOSAL,
        proposal,
        "revise",
        forms={"revise": UploadForm},
        template="projects/budget/budget_upload.html",
        **of_upload(),
    )


def visible(user, pk):
    return get_object_or_404(Proposal.objects.visible_to(user).for_page(), pk=pk)


def options(request, proposal):
    return {"record": proposal, "move": PROPOSAL["revise"], "actor": request.user}


def of_upload():
    return {"heading": gettext("Upload the budget form"), "button": gettext("Show what changes")}


def upload_page(request, proposal, *, form=None, status=200, **more):
    """The upload page again, with errors or a message."""
    form = form or UploadForm(None, **options(request, proposal))
    context = {"form": form, "record": proposal, "move": PROPOSAL["revise"]} | of_upload() | more
    return render(request, "projects/budget/budget_upload.html", context, status=status)


def show_changes(request, proposal):
    """Read the file: show its errors, or a page to confirm the changes; nothing is saved."""
    form = UploadForm(request.POST, files=request.FILES, **options(request, proposal))
    if not form.is_valid():
        return upload_page(request, proposal, form=form, status=422)
    try:
        cells = read_budget(form.cleaned_data["file"], proposal)
    except Refused as refused:
        return upload_page(request, proposal, complaints=refused.complaints, status=422)
    changed = {cell: then for cell, (_now, then) in changed_cells(proposal, cells).items()}
    if not changed:
        return upload_page(request, proposal, same=True)
    initial = {
        "key": uuid.uuid4().hex,
        "cells": sealed(proposal, request.user, changed),
        "wanted": [[*cell, won] for cell, won in changed.items()],
    }
    context = {
        "form": SheetForm(None, initial=initial, **options(request, proposal)),
        "record": proposal,
        "move": PROPOSAL["revise"],
        "heading": gettext("What would change"),
        "button": gettext("Write these amounts"),
        "changed": len(changed),
        "staying": len(cells) - len(changed),
    }
    return render(request, "projects/budget/budget_preview.html", context)


def confirm(request, proposal):
    """Save the confirmed amounts, unless somebody changed the proposal meanwhile."""
    form = SheetForm(request.POST, **options(request, proposal))
    if not form.is_valid():
        complaints = [text for texts in form.errors.values() for text in texts]
        return upload_page(request, proposal, complaints=complaints, status=422)
    try:
        form.perform(PROPOSAL)
    except NotNow as reason:
        return upload_page(request, proposal, complaints=[reason], status=409)
    messages.success(request, gettext("Saved: %s.") % gettext("Yearly budget"))
    return redirect("projects:budget", proposal.pk)
