"""The document of an agreement as a PDF: the signed one, or a preview of the draft."""

import logging

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext

from agreements.versions.models import Version
from agreements.versions.views.agreements import newest_version
from foundation.printing.typeset import NotTypeset

from .. import signed_documents
from ..models import Deed

V = Version.State
log = logging.getLogger(__name__)


def document(request, pk):
    """The newest document; before the text is frozen, a preview marked as a draft."""
    version = newest_version(request.user, pk)
    if newest := signed_documents.newest(version) if version.digest else None:
        return redirect("agreements:deed", newest.pk)
    try:
        made = signed_documents.preview(version)
    except NotTypeset as reason:
        log.error("No preview of version %s: %s", version.pk, reason)
        messages.error(request, gettext("The PDF could not be made."))
        return redirect(version)
    words = {"number": version.agreement.number, "version": version.number}
    return pdf_answer(made, gettext("agreement %(number)s-%(version)s draft") % words)


def deed(request, pk):
    """One state of the document, with its unchanged bytes."""
    found = get_object_or_404(Deed.objects.visible_to(request.user), pk=pk)
    return pdf_answer(signed_documents.content_of(found), gettext("agreement %s") % found)


def pdf_answer(content, name):
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, f"{name}.pdf")
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
