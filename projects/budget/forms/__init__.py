"""Forms of the yearly budget: the grid, and the upload of a workbook."""

from .budget import BudgetForm
from .cells import WithCells, shown_in, won_in
from .grids import GridForm, write_lines
from .workbook import SheetForm, UploadForm, sealed

__all__ = [
    "BudgetForm",
    "GridForm",
    "SheetForm",
    "UploadForm",
    "WithCells",
    "sealed",
    "shown_in",
    "won_in",
    "write_lines",
]
