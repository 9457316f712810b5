"""The yearly budget of a proposal as an Excel workbook: written for download, read after upload."""

from .layout import folded
from .reading import read_budget
from .writing import budget_book

__all__ = ["budget_book", "folded", "read_budget"]
