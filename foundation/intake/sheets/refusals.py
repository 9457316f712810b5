"""What is said about a file that is not taken: each complaint names its cell, if it has one."""

from typing import NamedTuple


class Complaint(NamedTuple):
    """What is wrong and how to mend it; ``cell`` is empty for the file as a whole."""

    cell: str
    text: str

    def __str__(self):
        return f"{self.cell}: {self.text}" if self.cell else self.text


class Refused(Exception):
    """The whole file is refused, with every complaint there is. Nothing has happened."""

    def __init__(self, *complaints):
        super().__init__("\n".join(map(str, complaints)))
        self.complaints = list(complaints)

    @classmethod
    def because(cls, text):
        return cls(Complaint("", text))


class Unusable(NamedTuple):
    """Stands in a row where a cell holds no value: an error, or a formula never calculated."""

    text: str
