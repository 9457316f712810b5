"""The statement of account as a printed document and as a workbook."""

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from foundation.formats import day, won
from foundation.intake.sheets.writing import Book
from foundation.printing import documents as paper

from .statement import cells

HEAD = {"bold": True, "bg_color": "#eef2f7", "border": 1}
MONEY = {"num_format": "#,##0", "border": 1}
WIDE, NARROW = 44, 16


def statement_document(statement):
    """Plain values of the PDF, in the reader's language."""
    title = str(statement.agreement)
    return {
        "sort": _("Statement of account"),
        "title": title,
        "running": Truncator(title).chars(60),
        "author": str(statement.agreement.lead_ministry),
        "mark": _("as of %s") % day(statement.day),
        "draft": False,
        "warning": "",
        "contents": _("Contents"),
        "house": str(settings.HOUSE_NAME),
        "facts": facts(statement),
        "parts": [by_year(statement), by_line(statement), movements(statement)],
    }


def facts(statement):
    rows = [
        (_("Agreement"), statement.agreement.number),
        (_("As of"), day(statement.day)),
        (_("Agreed, all sources"), won(statement.whole.agreed)),
        (_("Entries in the ledger"), statement.entries),
    ]
    return [[str(label), str(value)] for label, value in rows]


def by_year(statement):
    rows = [paper.row(year, *map(won, cells(one))) for year, one in statement.years]
    rows.append(paper.row(_("Sum"), *map(won, cells(statement.whole)), kind="sum"))
    tables = paper.number_tables(
        _("Fiscal year"), statement.heads, rows, wide=True, unit=_("in won")
    )
    return paper.part(_("Year by year"), *tables, wide=True)


def by_line(statement):
    rows = [paper.row(line, *map(won, cells(one))) for line, one in statement.lines]
    tables = paper.number_tables(_("Line"), statement.heads, rows, wide=True, unit=_("in won"))
    return paper.part(_("By component, year and source"), *tables, wide=True)


def movements(statement):
    rows = [
        paper.row(
            day(entry.as_of),
            entry.appropriation,
            entry.get_stage_display(),
            won(entry.won),
            entry.evidence or "–",
        )
        for entry in statement.movements
    ]
    columns = [
        paper.column(_("As of")),
        paper.column(_("Line"), share=3),
        paper.column(_("Stage")),
        paper.column(_("Won"), number=True),
        paper.column(_("Evidence"), share=2),
    ]
    text = _("The newest %(shown)s of %(all)s entries; all of them are in the CSV file.")
    counts = {"shown": len(rows), "all": statement.entries}
    return paper.part(
        _("Newest movements"), paper.muted(text % counts), paper.table(columns, rows), wide=True
    )


def statement_book(statement):
    """The statement as a workbook: totals with formulas for the sums, and movements."""
    book = Book()
    write_totals(book, statement)
    write_movements(book, statement)
    return book.content()


def write_totals(book, statement):
    sheet = book.sheet(_("Totals"))
    heads = [_("Line"), *statement.heads]
    for column, head in enumerate(heads):
        book.text(sheet, 0, column, head, **HEAD)
    for at, (line, one) in enumerate(statement.lines, start=1):
        book.text(sheet, at, 0, line, border=1)
        for column, amount in enumerate(cells(one), start=1):
            book.number(sheet, at, column, amount, **MONEY)
    write_sums(book, sheet, statement)
    sheet.set_column(0, 0, WIDE)
    sheet.set_column(1, len(heads) - 1, NARROW)
    sheet.freeze_panes(1, 1)


def write_sums(book, sheet, statement):
    last = len(statement.lines)
    book.text(sheet, last + 1, 0, _("Sum"), **HEAD)
    for column, amount in enumerate(cells(statement.whole), start=1):
        letter = chr(ord("A") + column)
        formula = f"=SUM({letter}2:{letter}{last + 1})" if last else "=0"
        book.formula(sheet, last + 1, column, formula, amount, **MONEY, bold=True)


def write_movements(book, statement):
    sheet = book.sheet(_("Newest movements"))
    heads = [_("As of"), _("Line"), _("Stage"), _("Won"), _("Evidence")]
    for column, head in enumerate(heads):
        book.text(sheet, 0, column, head, **HEAD)
    for at, entry in enumerate(statement.movements, start=1):
        book.text(sheet, at, 0, entry.as_of, border=1)
        book.text(sheet, at, 1, entry.appropriation, border=1)
        book.text(sheet, at, 2, entry.get_stage_display(), border=1)
        book.number(sheet, at, 3, entry.won, **MONEY)
        book.text(sheet, at, 4, entry.evidence, border=1)
    sheet.set_column(0, 0, NARROW)
    sheet.set_column(1, 1, WIDE)
    sheet.set_column(2, 4, NARROW)
    sheet.freeze_panes(1, 0)
