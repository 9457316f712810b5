"""The PDF documents of a version: made once at the freeze, then one signature added each time."""

import hashlib

from django.utils.translation import gettext as _
from django.utils.translation import override

from agreements.pdf_signatures.fields import Box, page_of, with_fields
from agreements.versions import document as printing
from foundation.printing.typeset import pdf
from foundation.time import clock

from .models import Deed

A4_HEIGHT, MILLIMETRE = 841.89, 72 / 25.4
BOXES_ON_A_PAGE = 6
FIRST_BOX, BOX_STEP = 52, 36  # millimetres from the upper edge to the first stamp, and to the next
STAMP = (102, 84, 30)  # from the left edge, width, height


def preview(version):
    """The PDF of a text that is still drafted: marked as a draft on every page, never stored."""
    document = printing.agreement_document(version, draft=True)
    return pdf(printing.TEMPLATE, document, language="ko")


def set_first(version):
    """Make and store the PDF of a frozen text, with an empty signature field for each party."""
    document = printing.agreement_document(version)
    made = pdf(
        printing.TEMPLATE,
        document,
        language="ko",
        standards=printing.STANDARDS,
        embedded=printing.embedded(version),
    )
    page = page_of(made, "signatures")
    return store(version, with_fields(made, boxes(document["boxes"], page)), text=version.text())


def boxes(parties, page):
    """The signature boxes as placed in ``agreement.typ``, in points from the lower edge."""
    for place, party in enumerate(parties):
        later, row = divmod(place, BOXES_ON_A_PAGE)
        left, width, height = STAMP
        top = FIRST_BOX + row * BOX_STEP
        corners = (
            round(left * MILLIMETRE),
            round(A4_HEIGHT - (top + height) * MILLIMETRE),
            round((left + width) * MILLIMETRE),
            round(A4_HEIGHT - top * MILLIMETRE),
        )
        with override("ko"):
            spoken = _("Signature of %s") % party["name"]
        yield Box(party["field"], spoken, page + later, corners)


def store(version, content, *, text=None):
    """Store one more state of the document. Call it under the lock of the version."""
    newest = version.deeds.filter(edition=version.edition).newest_first().only("number").first()
    return Deed.objects.create(
        version=version,
        edition=version.edition,
        number=newest.number + 1 if newest else 0,
        digest=version.digest,
        text=text,
        pdf=content,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        made_at=clock.now(),
    )


def newest(version):
    """The newest document of this edition (the one with the most signatures), or None."""
    return version.deeds.filter(edition=version.edition).newest_first().first()


def newest_or_first(version):
    """The newest document, made now if there is none. Call it under the lock of the version."""
    return newest(version) or set_first(version)


def content_of(deed):
    """The bytes of the file; the database driver may return a memoryview."""
    return bytes(deed.pdf)
