"""Check uploaded attachments: recognised by their content, never by their name alone."""

import re
import struct
import unicodedata
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.utils.translation import gettext as _

from . import archives
from .file_kinds import DOCX, HWP, HWPX, JPEG, PDF, PNG, XLSX, Flaw, FlawedFile

MEGABYTE = 1024 * 1024
MOST_BYTES = 25 * MEGABYTE
MOST_BYTES_TOGETHER = 100 * MEGABYTE
LONGEST_NAME = 150
KINDS = (PDF, HWPX, HWP, DOCX, XLSX, PNG, JPEG)
ENDINGS = tuple(ending for kind in KINDS for ending in kind.endings)
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # control characters, direction overrides, line separators

MOST_PARTS = 50_000  # of a picture: no camera and no program writes nearly as many
MARKUP = re.compile(rb"<(?:script|!doctype|html|iframe|\?php)", re.IGNORECASE)
PROGRAM_IN_PDF = re.compile(rb"/(?:JavaScript|Launch)\b")
FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
START_OF_SCAN = 0xDA


class BoundedUpload(TemporaryFileUploadHandler):
    """Writes no more than the limit to the disk; the form sees the true size and refuses."""

    def receive_data_chunk(self, raw_data, start):
        if start <= MOST_BYTES:
            super().receive_data_chunk(raw_data, start)


def examine(name, content):
    """The kind of a file by its bytes. Raises ValidationError, which says what to do."""
    if not content:
        raise ValidationError(_("The file is empty. Choose the file that you meant."))
    refuse_size(len(content))
    try:
        kind = recognise(content)
    except FlawedFile as found:
        raise ValidationError(SENTENCES[found.flaw]()) from found
    if PurePath(name).suffix.lower() not in kind.endings:
        raise ValidationError(
            _(
                "The content is %(kind)s, but the name does not end in %(ending)s. Rename the"
                " file, or choose the right one."
            )
            % {"kind": kind.label, "ending": kind.endings[0]}
        )
    return kind


def refuse_size(size):
    if size > MOST_BYTES:
        raise ValidationError(
            _("The file has %(size)s MB; at most %(most)s MB are accepted. Make it smaller or"
              " split it.")
            % {"size": -(-size // MEGABYTE), "most": MOST_BYTES // MEGABYTE}
        )  # fmt: skip


def safe_name(name):
    """A file name in NFC. Raises ValidationError for unseen characters, folders, long names."""
    name = unicodedata.normalize("NFC", name).strip()
    if any(c in "/\\" or unicodedata.category(c) in UNSEEN for c in name):
        raise ValidationError(
            _("The name of the file holds characters that cannot be seen or that mean a folder."
              " Rename it with letters, digits, spaces and hyphens.")
        )  # fmt: skip
    if len(name) > LONGEST_NAME:
        raise ValidationError(
            _("The name of the file is longer than %s characters. Shorten it.") % LONGEST_NAME
        )
    return name


def recognise(content):
    """The kind of a file by its first bytes, if the rest agrees. Raises FlawedFile."""
    for signature, inspect in SIGNATURES:
        if content.startswith(signature):
            return inspect(content)
    raise FlawedFile(Flaw.UNKNOWN)


def pdf(content):
    """Check a PDF: version at the start, startxref and %%EOF at the end, no script or markup."""
    tail = content[-2048:]
    if not re.match(rb"%PDF-[12]\.\d", content) or b"startxref" not in tail or b"%%EOF" not in tail:
        raise FlawedFile(Flaw.DAMAGED)
    if tail.rpartition(b"%%EOF")[2].strip(b"\0\t\r\n "):
        raise FlawedFile(Flaw.TWO_IN_ONE)
    if MARKUP.search(content[:1024]):
        raise FlawedFile(Flaw.TWO_IN_ONE)
    if PROGRAM_IN_PDF.search(content):
        raise FlawedFile(Flaw.PROGRAM)
    return PDF


def png(content):
    """Check a PNG: chunks from IHDR to IEND, and nothing after it."""
    place = 8
    for number in range(MOST_PARTS):
        if place + 12 > len(content):
            break
        length, name = struct.unpack_from(">I4s", content, place)
        if number == 0 and name != b"IHDR":
            break
        place += 12 + length
        if name == b"IEND":
            return picture(PNG, content, holds_more=place < len(content))
    raise FlawedFile(Flaw.DAMAGED)


def jpeg(content):
    """Check a JPEG: segments with the size of the picture, then its data with an end mark.

    Cameras write more after the end mark; only an archive there is refused.
    """
    place, framed = 2, False
    for _number in range(MOST_PARTS):
        if place + 4 > len(content) or content[place] != 0xFF:
            break
        marker, length = struct.unpack_from(">xBH", content, place)
        framed = framed or marker in FRAMES
        place += 2 + length
        if marker == START_OF_SCAN:
            end = content.find(b"\xff\xd9", place)
            if not framed or end < 0:
                break
            return picture(JPEG, content, holds_more=b"PK\x05\x06" in content[end:])
    raise FlawedFile(Flaw.DAMAGED)


def picture(kind, content, *, holds_more):
    if holds_more or MARKUP.search(content):
        raise FlawedFile(Flaw.TWO_IN_ONE)
    return kind


SIGNATURES = (
    (b"%PDF-", pdf),
    (b"\x89PNG\r\n\x1a\n", png),
    (b"\xff\xd8\xff", jpeg),
    (b"PK\x03\x04", archives.document),
    (archives.COMPOUND, archives.compound),
)

SENTENCES = {
    Flaw.UNKNOWN: lambda: _(
        "This is no PDF, HWPX, HWP, DOCX, XLSX, PNG or JPEG file, whatever its name says. Save it"
        " as one of these, then attach it."
    ),
    Flaw.DAMAGED: lambda: _(
        "The file is damaged or breaks off. Open it, save it again, then attach it."
    ),
    Flaw.TWO_IN_ONE: lambda: _(
        "The file holds a second file of another kind. Save it again without what was added."
    ),
    Flaw.PROGRAM: lambda: _(
        "The file holds a program (macro, script). Save it without, or as a PDF for print."
    ),
    Flaw.PROTECTED: lambda: _(
        "The file is protected by a password or by DRM; nobody could read it. Save it without."
    ),
    Flaw.ARCHIVE: lambda: _("This is an archive. Attach the files in it one by one."),
    Flaw.OLD_OFFICE: lambda: _(
        "This is a document of an old Office version. Save it as DOCX, XLSX or PDF."
    ),
    Flaw.SWOLLEN: lambda: _(
        "Unpacked, this document would be far too large. Remove pictures or rows, then save it."
    ),
}
