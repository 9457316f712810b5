"""Error messages about a workbook that is refused, each with its cell if it has one."""

from typing import NamedTuple


class Complaint(NamedTuple):
    """What is wrong and how to correct it; ``cell`` is empty for the file as a whole."""

    cell: str
    text: str

    def __str__(self):
        return f"{self.cell}: {self.text}" if self.cell else self.text


class Refused(Exception):
    """The whole file is refused, with all complaints. Nothing was changed."""

    def __init__(self, *complaints):
        super().__init__("\n".join(map(str, complaints)))
        self.complaints = list(complaints)

    @classmethod
    def because(cls, text):
        return cls(Complaint("", text))


class Unusable(NamedTuple):
    """Replaces the value of a cell that has none: an error, or a formula never calculated."""

    text: str
