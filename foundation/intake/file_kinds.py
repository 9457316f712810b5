"""The kinds of files that are accepted, and the flaws for which one is not."""

from dataclasses import dataclass
from enum import Enum, auto


@dataclass(frozen=True)
class FileKind:
    """A kind of file that is accepted."""

    label: str
    media_type: str
    endings: tuple


OFFICE = "application/vnd.openxmlformats-officedocument"
PDF = FileKind("PDF", "application/pdf", (".pdf",))
HWPX = FileKind("HWPX", "application/hwp+zip", (".hwpx",))
HWP = FileKind("HWP", "application/x-hwp", (".hwp",))
DOCX = FileKind("DOCX", f"{OFFICE}.wordprocessingml.document", (".docx",))
XLSX = FileKind("XLSX", f"{OFFICE}.spreadsheetml.sheet", (".xlsx",))
PNG = FileKind("PNG", "image/png", (".png",))
JPEG = FileKind("JPEG", "image/jpeg", (".jpg", ".jpeg"))


class Flaw(Enum):
    """Why a file is not accepted."""

    UNKNOWN = auto()
    DAMAGED = auto()
    TWO_IN_ONE = auto()
    PROGRAM = auto()
    PROTECTED = auto()
    ARCHIVE = auto()
    OLD_OFFICE = auto()
    SWOLLEN = auto()


class FlawedFile(Exception):
    """A file that is not accepted, with its flaw."""

    def __init__(self, flaw):
        super().__init__(flaw.name)
        self.flaw = flaw
