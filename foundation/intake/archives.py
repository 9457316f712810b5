"""Recognise documents that are archives: Office and HWPX (zip), HWP (compound file)."""

import io
import re
import struct
import zipfile
import zlib

from .file_kinds import DOCX, HWP, HWPX, XLSX, Flaw, FlawedFile

MOST_MEMBERS_BYTES = 1_000_000  # of the list of members: some ten thousand
MOST_UNPACKED = 500 * 1024 * 1024
MOST_READ = 1_000_000

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HWP_SIGNATURE = b"HWP Document File".ljust(32, b"\0")
HWP_PASSWORD, HWP_DRM = 0x02, 0x10

WORD = b"wordprocessingml.document.main+xml"
SHEET = b"spreadsheetml.sheet.main+xml"
MACROS = re.compile(r"vba(project|data)[^/]*$|(^|/)macrosheets/", re.IGNORECASE)
PROGRAMS = re.compile(r"\.(exe|dll|com|scr|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|jar|msi|lnk)$", re.I)


def document(content):
    """The kind of a zip document; only its lists of types are unpacked. Raises FlawedFile."""
    end = content[-22:]
    if end[:4] != b"PK\x05\x06":
        raise FlawedFile(Flaw.DAMAGED)
    if (
        struct.unpack_from("<I", end, 12)[0] > MOST_MEMBERS_BYTES
        or content[-42:-38] == b"PK\x06\x07"
    ):
        raise FlawedFile(Flaw.SWOLLEN)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            refuse_members(container.infolist())
            return named_kind(container)
    except (
        zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, KeyError, ValueError,
        RuntimeError, NotImplementedError,
    ) as broken:  # fmt: skip
        raise FlawedFile(Flaw.DAMAGED) from broken


def refuse_members(members):
    """Raise FlawedFile for encrypted, duplicate, unsafe or too large members of a zip."""
    names = [member.orig_filename for member in members]
    if any(member.flag_bits & 1 for member in members):
        raise FlawedFile(Flaw.PROTECTED)
    if not members or min(member.header_offset for member in members):
        raise FlawedFile(Flaw.TWO_IN_ONE)
    if len(set(names)) < len(names) or any(map(leads_out, names)):
        raise FlawedFile(Flaw.DAMAGED)
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise FlawedFile(Flaw.SWOLLEN)
    if any(MACROS.search(name) or PROGRAMS.search(name) for name in names):
        raise FlawedFile(Flaw.PROGRAM)


def leads_out(name):
    """Whether a member's name leads out of the folder or has control characters."""
    return (
        name.startswith("/")
        or "\\" in name
        or ".." in name.split("/")
        or any(ord(character) < 32 for character in name)
    )


def named_kind(container):
    """The kind that a zip document declares. Raises FlawedFile if its members do not agree."""
    names = set(container.namelist())
    if "mimetype" in names and "version.xml" in names:
        return hangul(container, names)
    if "[Content_Types].xml" not in names:
        raise FlawedFile(Flaw.ARCHIVE)
    types = read(container, "[Content_Types].xml")
    if b"macroEnabled" in types:
        raise FlawedFile(Flaw.PROGRAM)
    if WORD in types and "word/document.xml" in names:
        return DOCX
    if SHEET in types and "xl/workbook.xml" in names:
        return XLSX
    raise FlawedFile(Flaw.UNKNOWN)


def hangul(container, names):
    if read(container, "mimetype").strip() != b"application/hwp+zip":
        raise FlawedFile(Flaw.UNKNOWN)
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in read(container, manifest):
        raise FlawedFile(Flaw.PROTECTED)
    return HWPX


def read(container, name):
    with container.open(name) as member:
        content = member.read(MOST_READ + 1)
    if len(content) > MOST_READ:
        raise FlawedFile(Flaw.SWOLLEN)
    return content


def compound(content):
    """The kind of a compound file: HWP 5. Raises FlawedFile for old or encrypted Office files."""
    if len(content) < 1024 or not has_a_root(content):
        raise FlawedFile(Flaw.DAMAGED)
    if wide("EncryptedPackage") in content:
        raise FlawedFile(Flaw.PROTECTED)
    if wide("_VBA_PROJECT") in content:
        raise FlawedFile(Flaw.PROGRAM)
    place = hwp_header(content)
    if place is None or wide("FileHeader") not in content:
        old = any(wide(name) in content for name in ("WordDocument", "Workbook", "PowerPoint"))
        raise FlawedFile(Flaw.OLD_OFFICE if old else Flaw.UNKNOWN)
    if struct.unpack_from("<I", content, place + 36)[0] & (HWP_PASSWORD | HWP_DRM):
        raise FlawedFile(Flaw.PROTECTED)
    return HWP


def wide(text):
    return text.encode("utf-16-le")


def has_a_root(content):
    """Whether the place of the directory and the length of the file agree with the header."""
    tables, directory = struct.unpack_from("<II", content, 44)
    shift = struct.unpack_from("<H", content, 30)[0]
    if shift not in (9, 12) or not tables:
        return False
    size = 1 << shift
    root = (directory + 1) * size
    declared = (tables - 1) * (size // 4) * size
    return content[root : root + 20] == wide("Root Entry") and len(content) >= declared


def hwp_header(content):
    """Offset of the signature at the start of a small sector, followed by flags; or None."""
    place = content.find(HWP_SIGNATURE)
    while place >= 0 and place % 64:
        place = content.find(HWP_SIGNATURE, place + 1)
    return place if 0 <= place <= len(content) - 40 else None
