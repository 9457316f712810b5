"""Adds a signature to a PDF file as an incremental update: the existing bytes are unchanged."""

from io import BytesIO

from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.stamp import StaticStampStyle


class TimedSigner(PdfSigner):
    """Signs with the given time ``at`` instead of the system clock."""

    def __init__(self, *args, at, **options):
        super().__init__(*args, **options)
        self.at = at

    def init_signing_session(self, *args, **options):
        session = super().init_signing_session(*args, **options)
        session.system_time = self.at
        return session


class StampImage(ImportedPdfPage):
    """The first page of a PDF (bytes), drawn in the field of a signature."""

    def __init__(self, content):
        super().__init__(None)
        self.content = content

    def render(self):
        writer = self._ensure_writer
        drawn = writer.import_page_as_xobject(PdfFileReader(BytesIO(self.content)))
        self.resources.xobject["/Drawn"] = drawn
        left, below, right, above = drawn.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(right - left), height=abs(above - below))
        return b"/Drawn Do"


def signed(pdf, *, field, signer, stamp, at, reason="", place="", timestamper=None):
    """``pdf`` with the signature of ``signer`` in ``field``: PAdES B-B, or B-T with a time stamp.

    The first signature also certifies the document: from then on nothing but signatures may be
    added (DocMDP, level 2).
    """
    reader = PdfFileReader(BytesIO(pdf))
    first = not reader.embedded_signatures
    meta = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=reason or None,
        location=place or None,
        certify=first,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    act = TimedSigner(
        meta,
        signer,
        timestamper=timestamper,
        stamp_style=StaticStampStyle(background=StampImage(stamp), border_width=0),
        at=at,
    )
    made = act.sign_pdf(
        IncrementalPdfFileWriter(BytesIO(pdf)),
        existing_fields_only=True,
        bytes_reserved=None if timestamper else reserved_digits(signer),
    )
    return made.getvalue()


def reserved_digits(signer):
    """Hexadecimal digits to reserve for a signature; without it, pyHanko makes a trial one."""
    sent = {signer.signing_cert.dump(), *(each.dump() for each in signer.cert_registry)}
    return 2 * (2048 + sum(map(len, sent)))
