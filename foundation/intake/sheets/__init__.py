"""Workbooks (.xlsx): untrusted ones are read safely, in our own ones text stays text."""

from .cells import MOST_COLUMNS, MOST_ROWS
from .package import MOST_BYTES
from .reading import read
from .refusals import Complaint, Refused, Unusable
from .writing import Book, cell_name

__all__ = [
    "MOST_BYTES",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "Book",
    "Complaint",
    "Refused",
    "Unusable",
    "cell_name",
    "read",
]
