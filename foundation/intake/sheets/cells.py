"""Check the cells of a sheet before a reader allocates memory for them.

A reader allocates memory for everything between the first and the last cell, so a single cell at
XFD1048576 would take all memory. Programs write cells in one canonical way; that is checked
with a few searches, which cost less than reading. Anything else is checked cell by cell.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from django.utils.translation import gettext as _

from .package import broken
from .refusals import Complaint, Refused

MOST_ROWS = 19_999
MOST_COLUMNS = 52  # up to column AZ
# a canonical cell has its reference first, then perhaps its format, then its type, and no more;
# one that holds an error (t="e") is checked like one that is not canonical
ODD = re.compile(
    rb'<(?:c(?! r="A?[A-Z]1?\d{0,4}+"(?: s="\d++")?+(?: t="[a-df-z]\w*+")?+[/>])'
    rb'|row(?! r="1?\d{0,4}+"[ />]))'
)
FORMULA = re.compile(rb"<f")
PREFIXED = re.compile(rb":(?:c|row)[\s/>]")
WITHOUT_VALUE = re.compile(rb"</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
SHARED_WITHOUT_VALUE = re.compile(rb"<f [^>]*/>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
NAME = re.compile(r"([A-Za-z]{1,3})0*([1-9]\d{0,6})\Z")


@dataclass
class Cells:
    """Facts about the cells of a sheet besides their values."""

    errors: dict = field(default_factory=dict)  # by (row, column), counted from 0
    without_value: set = field(default_factory=set)
    strings: int = 0  # cells whose text is among the shared strings


def is_canonical(xml):
    """Whether every cell and row has a reference within the limits, in the usual form."""
    odd = ODD.search(xml) or PREFIXED.search(xml)
    return not odd and not (b"!" in xml and b"<!" in xml)


def needs_a_walk(xml):
    """Whether a canonical sheet holds formulas that were never calculated."""
    return bool(FORMULA.search(xml)) and bool(
        WITHOUT_VALUE.search(xml) or SHARED_WITHOUT_VALUE.search(xml)
    )


def walk(xml):
    """Go through every cell of a sheet. Raises Refused for a cell outside the limits."""
    return Walk().through(xml)


class Walk:
    """One pass over the XML elements of a sheet, which keeps track of the current cell."""

    def __init__(self):
        self.cells = Cells()
        self.row = self.column = -1
        self.kind, self.formula, self.value, self.reading = "", False, [], False

    def through(self, xml):
        parser = expat.ParserCreate()
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        try:
            parser.Parse(xml, True)
        except expat.ExpatError as wrong:
            raise Refused.because(broken()) from wrong
        return self.cells

    def start(self, name, attributes):
        name = name.rpartition(":")[2]
        if name == "row":
            self.row = row_number(attributes["r"]) if "r" in attributes else self.row + 1
            self.column = -1
            if self.row >= MOST_ROWS:
                raise Refused(too_far(str(self.row + 1)))
        elif name == "c":
            self.enter_cell(attributes)
        elif name == "f":
            self.formula = True
        elif name == "v":
            self.reading, self.value = True, []

    def enter_cell(self, attributes):
        if "r" in attributes:
            self.row, self.column = place(attributes["r"])
        else:
            self.column += 1
        if self.row >= MOST_ROWS or self.column >= MOST_COLUMNS:
            raise Refused(too_far(attributes.get("r", "")))
        self.kind, self.formula, self.value = attributes.get("t", "n"), False, []

    def text(self, text):
        if self.reading:
            self.value.append(text)

    def end(self, name):
        name = name.rpartition(":")[2]
        if name == "v":
            self.reading = False
        elif name == "c":
            self.leave_cell("".join(self.value).strip())

    def leave_cell(self, value):
        if self.kind == "e":
            self.cells.errors[self.row, self.column] = value
        elif self.kind == "s":
            self.cells.strings += 1
        elif self.formula and not value and self.kind != "str":
            self.cells.without_value.add((self.row, self.column))


def row_number(text):
    if not (text.isascii() and text.isdigit()) or not 0 < int(text[:9]) <= MOST_ROWS:
        raise Refused(too_far(text))
    return int(text) - 1


def place(name):
    """(row, column) of a cell's name, counted from 0: ``B3`` is (2, 1)."""
    if not (match := NAME.match(name)):
        raise Refused(too_far(name))
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def refuse_impossible(area):
    """Raise Refused if a declared area is larger than any spreadsheet program allows."""
    row, column = place(area.rpartition(":")[2].replace("$", ""))
    if row >= 1_048_576 or column >= 16_384:
        raise Refused(too_far(area.rpartition(":")[2]))


def too_far(name):
    return Complaint(
        name[:12],
        _(
            "The sheet reaches too far. At most %(rows)s rows and %(columns)s columns are read."
            " Delete what is beyond the form and save again."
        )
        % {"rows": f"{MOST_ROWS:,}", "columns": MOST_COLUMNS},
    )
