"""The zip of XML inside an .xlsx, opened as untrusted input.

Only the few members that are needed are inflated, under one limit for all, whatever the zip
declares; names, duplicates and other formats are checked before anything is inflated at all.
"""

import io
import re
import struct
import zipfile
import zlib

from django.utils.translation import gettext as _

from .refusals import Refused

MOST_BYTES = 5 * 1024 * 1024  # of the file, as it is sent
MOST_INFLATED = 24 * 1024 * 1024  # of all members together: 10,000 lines need 4 MB
MOST_MEMBERS = 300

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
IN_THE_DIRECTORY = b"PK\x01\x02"
ENCODING = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)")
EXPANDS = re.compile(rb"<!(?!--)")
UTF_8 = (b"utf-8", b"utf8", b"us-ascii")


class Package:
    """The members of one workbook; ``text`` inflates one of them."""

    def __init__(self, stream):
        data = stream.read(MOST_BYTES + 1)
        refuse_what_is_no_zip(data)
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
            members = self.zip.infolist()
        except BROKEN as wrong:
            raise Refused.because(broken()) from wrong
        refuse_odd_members(members)
        self.members = {plain_name(member.filename): member for member in members}
        refuse_other_kinds(set(self.members))
        self.left = MOST_INFLATED

    def __contains__(self, name):
        return plain_name(name) in self.members

    def text(self, name):
        """The XML of a member: UTF-8, without entities. Raises Refused if it is anything else."""
        member = self.members.get(plain_name(name))
        if member is None:
            raise Refused.because(
                _("A part of the workbook is missing: %s. Save it again in Excel or LibreOffice.")
                % name
            )
        try:
            with self.zip.open(member) as stream:
                xml = stream.read(min(self.left, member.file_size) + 1)
        except BROKEN as wrong:
            raise Refused.because(broken()) from wrong
        self.left -= len(xml)
        if self.left < 0:
            raise Refused.because(too_large_inside())
        return refuse_what_expands(xml.removeprefix(b"\xef\xbb\xbf"), name)


def refuse_what_is_no_zip(data):
    if not data:
        raise Refused.because(_("The file is empty."))
    if len(data) > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        raise Refused.because(_("The file is larger than %s MB.") % most)
    if data.startswith(OLE):
        raise Refused.because(refusal_of_ole(data))
    if not data.startswith(b"PK\x03\x04"):
        raise Refused.because(
            _("This is no .xlsx workbook. Open it in Excel or LibreOffice and save it as .xlsx.")
        )
    if data.count(IN_THE_DIRECTORY) > MOST_MEMBERS:
        raise Refused.because(
            _("The workbook consists of too many parts: more than %s.") % MOST_MEMBERS
        )


def refusal_of_ole(data):
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _("The workbook is protected by a password. Take the password off and save it.")
    return _("This is an old file format (.xls). Save it as .xlsx.")


def refuse_odd_members(members):
    names = [plain_name(member.filename) for member in members]
    for name in names:
        if name.startswith("/") or ":" in name or ".." in name.split("/"):
            raise Refused.because(_("A part of the workbook has a forbidden name: %s.") % name[:60])
    doubled = {name for name in names if names.count(name) > 1}
    if doubled:
        raise Refused.because(_("A part of the workbook is there twice: %s.") % min(doubled)[:60])
    if sum(member.file_size for member in members) > MOST_INFLATED:
        raise Refused.because(too_large_inside())
    for member in members:
        if member.flag_bits & 0x1:
            raise Refused.because(
                _("The workbook is protected by a password. Take the password off and save it.")
            )
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused.because(broken())


def refuse_other_kinds(names):
    """Raise Refused, with the name of the format, for other formats that are named .xlsx."""
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Refused.because(_("The workbook holds macros. Save it as .xlsx without macros."))
    if "xl/workbook.bin" in names:
        raise Refused.because(_("This is a binary workbook (.xlsb). Save it as .xlsx."))
    if "mimetype" in names or "content.xml" in names:
        raise Refused.because(_("This is another format (.ods, .hwpx). Save it as .xlsx."))
    if "_rels/.rels" not in names or not any(name.startswith("xl/") for name in names):
        raise Refused.because(
            _("This is no .xlsx workbook. Open it in Excel or LibreOffice and save it as .xlsx.")
        )


def refuse_what_expands(xml, name):
    encoding = ENCODING.match(xml[:200])
    if (encoding and encoding[1].lower() not in UTF_8) or b"\0" in xml:
        raise Refused.because(_("A part of the workbook is not written in UTF-8: %s.") % name)
    if b"!" in xml and EXPANDS.search(xml):
        raise Refused.because(
            _("A part of the workbook defines entities: %s. No spreadsheet program does that.")
            % name
        )
    return xml


def plain_name(name):
    """A member's name as spreadsheet programs compare it."""
    return name.replace("\\", "/").lower()


def broken():
    return _("The file is damaged. Save it again in Excel or LibreOffice as .xlsx.")


def too_large_inside():
    most = MOST_INFLATED // 1024 // 1024
    return _("Unpacked, the workbook is larger than %s MB. Send the form only.") % most
