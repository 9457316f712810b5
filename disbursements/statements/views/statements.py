"""The statement of account: a page, a PDF, a workbook, and all entries as a file."""

import logging

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext

from agreements.models import Agreement
from disbursements.ledger.models import Appropriation
from foundation.printing.typeset import NotTypeset, pdf

from ..document import statement_book, statement_document
from ..statement import cells, every_entry, statement_of

TEMPLATE = "foundation/typst/document.typ"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
log = logging.getLogger(__name__)


def statement(request, pk):
    made = statement_of(*of_agreement(request.user, pk))
    context = {
        "agreement": made.agreement,
        "statement": made,
        "lines": [(line, cells(one)) for line, one in made.lines],
        "years": [(year, cells(one)) for year, one in made.years],
        "whole": cells(made.whole),
    }
    return render(request, "disbursements/statements/statement.html", context)


def statement_pdf(request, pk):
    made = statement_of(*of_agreement(request.user, pk))
    try:
        content = pdf(TEMPLATE, statement_document(made), language=get_language())
    except NotTypeset as reason:
        log.error("No PDF of the statement of agreement %s: %s", pk, reason)
        messages.error(request, gettext("The PDF could not be made. Take the workbook instead."))
        return redirect("disbursements:statement", pk)
    return a_file(content, "application/pdf", f"{name_of(made)}.pdf")


def statement_xlsx(request, pk):
    made = statement_of(*of_agreement(request.user, pk))
    return a_file(statement_book(made), XLSX, f"{name_of(made)}.xlsx")


def statement_csv(request, pk):
    """All entries as a CSV file, streamed, so that few are in memory."""
    agreement, rows = of_agreement(request.user, pk)
    name = f"{agreement.number}-{gettext('ledger')}.csv"
    answer = StreamingHttpResponse(every_entry(rows), content_type="text/csv; charset=utf-8")
    return sealed(answer, name)


def of_agreement(user, pk):
    agreements = Agreement.objects.visible_to(user).prefetch_related("lead_ministry__spells")
    agreement = get_object_or_404(agreements, pk=pk)
    return agreement, Appropriation.objects.visible_to(user).filter(agreement=agreement)


def name_of(made):
    return f"{made.agreement.number}-{gettext('statement')}-{made.day}"


def a_file(content, media_type, name):
    return sealed(HttpResponse(content, content_type=media_type), name)


def sealed(answer, name):
    answer["Content-Disposition"] = content_disposition_header(True, name.replace("/", "-"))
    answer["Cache-Control"] = "private, no-store"
    return answer
