"""Write the budget of a proposal as an Excel workbook: a row per component and source."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from foundation.intake.sheets.writing import Book, cell_name
from foundation.web.forms import MOST_WON
from projects.proposals.models import Source

from .. import sums as budget
from ..grid import cells_of, years_of
from .layout import (
    COMPONENT,
    FIRST_ROW,
    FIRST_YEAR,
    GUIDE,
    HEAD_ROW,
    HEADINGS,
    KEY,
    KEY_HEADING,
    MINISTRY,
    OWNER,
    SHEET,
    SOURCE,
    SUM,
    SUM_KEY,
)

HEAD = {"bold": True, "bg_color": "#E3EAF3", "border": 1, "border_color": "#B1B8BE"}
FIXED = {"bg_color": "#F4F5F6", "border": 1, "border_color": "#CDD1D5"}
OPEN = {"border": 1, "border_color": "#CDD1D5", "num_format": "#,##0", "locked": False}
SUMS = FIXED | {"bold": True, "num_format": "#,##0"}
LOOSE = {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True}


def budget_book(proposal):
    """The workbook as bytes, in the current language; the proposal is read with ``for_page``."""
    return BudgetBook(proposal).content()


class BudgetBook:
    """Builds the sheet of amounts and the sheet with the guide."""

    def __init__(self, proposal):
        self.proposal, self.cells = proposal, cells_of(proposal)
        self.years = years_of(proposal, self.cells)
        self.rows = [(c, source) for c in proposal.live_components() for source in Source]
        self.sum_column = FIRST_YEAR + len(self.years)
        self.last_row = FIRST_ROW + max(len(self.rows), 1) - 1
        self.book = Book()
        self.sheet = self.book.sheet(str(SHEET))

    def content(self):
        self.write_top()
        self.write_headings()
        self.write_sums()
        for number, (component, source) in enumerate(self.rows, FIRST_ROW):
            self.write_line(number, component, source)
        self.arrange()
        self.write_guide()
        return self.book.content()

    def text(self, row, column, text, **style):
        self.book.text(self.sheet, row, column, text, **style)

    def write_top(self):
        proposal = self.proposal
        self.text(0, KEY, OWNER % proposal.pk)
        self.text(0, COMPONENT, proposal.title, bold=True, font_size=15)
        self.text(1, COMPONENT, f"{proposal.call} · {proposal.applicant}", font_color="#464C53")
        self.text(2, COMPONENT, guide()[0], font_color="#464C53")
        self.text(3, COMPONENT, _("Unit: won"), bold=True)

    def write_headings(self):
        self.text(HEAD_ROW, KEY, KEY_HEADING, **HEAD)
        for column, words in HEADINGS.items():
            self.text(HEAD_ROW, column, words, **HEAD)
        for column, year in enumerate(self.years, FIRST_YEAR):
            self.book.number(self.sheet, HEAD_ROW, column, year, align="right", **HEAD)
        self.text(HEAD_ROW, self.sum_column, SUM, align="right", **HEAD)

    def write_sums(self):
        """Two rows of sums above the lines: all sources, and the national funds among them."""
        national = [cell for cell in self.cells if cell[2] == Source.NATIONAL]
        kinds = [
            (str(SUM), "", self.cells, "SUM({0})"),
            (_("of this"), Source.NATIONAL.label, national, 'SUMIF({1},"{2}",{0})'),
        ]
        for row, (label, source, cells, formula) in enumerate(kinds, HEAD_ROW + 1):
            self.text(row, KEY, SUM_KEY, **FIXED)
            for column, text in ((COMPONENT, label), (MINISTRY, ""), (SOURCE, capfirst(source))):
                self.text(row, column, text, **SUMS)
            in_year = budget.by(self.lines(cells), "year")
            for column, year in enumerate(self.years, FIRST_YEAR):
                words = formula.format(self.column(column), self.column(SOURCE), capfirst(source))
                self.formula(row, column, words, in_year.get(year, 0))
            self.sum_of_row(row, cells)

    def lines(self, cells):
        return [
            budget.Line(component, "", year, source, self.cells[component, year, source])
            for component, year, source in cells
        ]

    def column(self, column):
        """The range of all lines in a column: ``E$9:E$208``."""
        first, last = cell_name(FIRST_ROW, column), cell_name(self.last_row, column)
        return f"{first}:{last}"

    def formula(self, row, column, formula, value):
        self.book.formula(self.sheet, row, column, f"={formula}", value, **SUMS)

    def sum_of_row(self, row, cells):
        first, last = cell_name(row, FIRST_YEAR), cell_name(row, self.sum_column - 1)
        self.formula(row, self.sum_column, f"SUM({first}:{last})", budget.total(self.lines(cells)))

    def write_line(self, row, component, source):
        edge = {"top": 2 if source == Source.NATIONAL else 1}
        self.book.number(self.sheet, row, KEY, component.pk, **FIXED)
        texts = {
            COMPONENT: component.title,
            MINISTRY: component.ministry,
            SOURCE: capfirst(source.label),
        }
        for column, text in texts.items():
            self.text(row, column, text, **FIXED | edge)
        mine = []
        for column, year in enumerate(self.years, FIRST_YEAR):
            if won := self.cells.get((component.pk, year, source.value)):
                mine.append((component.pk, year, source.value))
                self.book.number(self.sheet, row, column, won, **OPEN | edge)
            else:
                self.book.blank(self.sheet, row, column, **OPEN | edge)
        self.sum_of_row(row, mine)

    def arrange(self):
        """Column widths, frozen panes, protection without a password, print layout."""
        sheet = self.sheet
        sheet.set_column(KEY, KEY, None, None, {"hidden": True})
        sheet.set_column(COMPONENT, COMPONENT, 38)
        sheet.set_column(MINISTRY, MINISTRY, 22)
        sheet.set_column(SOURCE, SOURCE, 13)
        sheet.set_column(FIRST_YEAR, self.sum_column, 18)
        sheet.set_row(0, 26)
        sheet.set_row(HEAD_ROW, 20)
        sheet.freeze_panes(FIRST_ROW, FIRST_YEAR)
        sheet.data_validation(
            FIRST_ROW, FIRST_YEAR, self.last_row, self.sum_column - 1, whole_won()
        )
        sheet.protect("", LOOSE)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
        sheet.set_selection(FIRST_ROW, FIRST_YEAR, FIRST_ROW, FIRST_YEAR)

    def write_guide(self):
        sheet = self.book.sheet(str(GUIDE))
        sheet.set_column(0, 0, 100)
        sheet.hide_gridlines(2)
        self.book.text(sheet, 0, 0, GUIDE, bold=True, font_size=15)
        for row, text in enumerate(guide(), 2):
            self.book.text(sheet, row, 0, f"{row - 1}. {text}", text_wrap=True)


def guide():
    return [
        _("Write whole won into the white cells. An empty cell means nothing."),
        _("Leave the headings and the hidden first column as they are. Rows may be sorted."),
        _("A row that you delete stays on the page as it is; to take an amount away, write 0."),
        _("Add a component on the page first, then download this form again."),
        _("Save as .xlsx and upload it on the page of the yearly budget."),
        _("Before anything is saved, the page shows what would change."),
    ]


def whole_won():
    return {
        "validate": "integer",
        "criteria": "between",
        "minimum": 0,
        "maximum": MOST_WON,
        "ignore_blank": True,
        "error_title": _("Whole won only"),
        "error_message": _("Write an amount in whole won, 0 or more, without decimals."),
    }
