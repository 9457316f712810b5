"""Write workbooks (.xlsx) in which text is never taken for a formula."""

import io

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

FONT = "맑은 고딕"
LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
SAFELY = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
MOST_LETTERS = 32_767  # in one cell


def is_like_a_formula(text):
    return text.lstrip(" ").startswith(LIKE_A_FORMULA)


def as_plain_text(text):
    """Text for a CSV file, with an apostrophe in front if it looks like a formula."""
    return f"'{text}" if is_like_a_formula(text) else text


def cell_name(row, column):
    """``A1`` for 0, 0."""
    return xl_rowcol_to_cell(row, column)


class Book:
    """A new workbook; a style is a dictionary of properties, shared where equal."""

    def __init__(self):
        self.stream = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.stream, SAFELY)
        self.styles = {}

    def sheet(self, name):
        return self.book.add_worksheet(name)

    def style(self, **properties):
        key = tuple(sorted(properties.items()))
        if key not in self.styles:
            plain = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
            self.styles[key] = self.book.add_format(plain | properties)
        return self.styles[key]

    def text(self, sheet, row, column, text, **style):
        """Text that a program must never take for a formula, not even when it is edited.

        A text cell is not a formula; the mark that programs show as an apostrophe keeps it
        a text when somebody opens the cell and leaves it again.
        """
        text = str(text)[:MOST_LETTERS]
        if is_like_a_formula(text):
            style["quote_prefix"] = True
        sheet.write_string(row, column, text, self.style(**style))

    def number(self, sheet, row, column, number, **style):
        sheet.write_number(row, column, number, self.style(**style))

    def blank(self, sheet, row, column, **style):
        sheet.write_blank(row, column, None, self.style(**style))

    def formula(self, sheet, row, column, formula, value, **style):
        """A formula with the value it has now, for programs that do not calculate."""
        sheet.write_formula(row, column, formula, self.style(**style), value)

    def content(self):
        """The finished file."""
        self.book.close()
        return self.stream.getvalue()
