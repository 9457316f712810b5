"""Pages of a decision letter: HTML, and PDF in either language."""

import logging

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext

from foundation.printing.typeset import NotTypeset, pdf

from ..letters import letter_document
from ..models import Letter

TEMPLATE = "foundation/typst/letter.typ"
LANGUAGES = ("ko", "en")
log = logging.getLogger(__name__)


def found(request, pk):
    return get_object_or_404(
        Letter.objects.visible_to(request.user).select_related("proposal"), pk=pk
    )


def letter(request, pk):
    row = found(request, pk)
    context = {"letter": row, "document": letter_document(row), "languages": LANGUAGES}
    return render(request, "projects/selection/letter.html", context)


def letter_pdf(request, pk):
    """The PDF in ``?language=`` or the current language; redirects to the page if it fails."""
    row = found(request, pk)
    asked = request.GET.get("language")
    language = asked if asked in LANGUAGES else get_language()
    try:
        with translation.override(language):
            document = letter_document(row)
            made = pdf(TEMPLATE, document, language=language)
    except NotTypeset as reason:
        log.error("No PDF of letter %s: %s", row.pk, reason)
        messages.error(request, gettext("The PDF could not be made. Print this page instead."))
        return redirect(row)
    name = f"{document['label']} {document['title']}.pdf".replace("/", "-")
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, name)
    answer["Cache-Control"] = "private, no-store"
    return answer
