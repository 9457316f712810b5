"""Printed documents as plain values, the same for the PDF and for the page to print.

A document is a dictionary: ``sort`` of document, ``title``, ``author``, ``facts`` of the cover,
``mark`` on every page, and ``parts``, each with ``pieces`` made by the functions here.
"""

AS_WIDE_AS = {False: 78, True: 124}  # characters of the columns of numbers, portrait or landscape
BESIDE = 2  # the space around a column, in characters
LEAST_COLUMNS = 2
FEW_ROWS, FEW_CHARACTERS = 10, 1200


def part(title, *pieces, wide=False):
    """A numbered part; a ``wide`` one is on landscape pages of its own."""
    return {"title": str(title), "wide": wide, "pieces": [piece for piece in pieces if piece]}


def heading(text):
    return {"kind": "heading", "text": str(text)}


def text(written):
    """Paragraphs: one for each line of a text that is not empty."""
    return {"kind": "text", "text": [line for line in written.splitlines() if line.strip()]}


def muted(line):
    return {"kind": "muted", "text": str(line)}


def facts(*rows):
    return {"kind": "facts", "rows": [[str(label), str(value)] for label, value in rows]}


def entries(rows):
    """Entries with a title, a line of detail, and a code to be compared."""
    keys = ("title", "detail", "code")
    return {"kind": "entries", "rows": [dict(zip(keys, row, strict=True)) for row in rows]}


def column(label, *, number=False, share=1):
    return {"label": str(label), "number": number, "share": share}


def row(*cells, kind="row", detail=""):
    """A row of a table; a ``group`` has one cell and heads the rows below; or ``sub``, ``sum``."""
    return {"kind": kind, "cells": [str(cell) for cell in cells], "detail": str(detail)}


def table(columns, rows, *, caption="", unit=""):
    """A table of columns and rows; a short one is not broken across pages."""
    characters = sum(len(cell) for each in rows for cell in [*each["cells"], each["detail"]])
    together = len(rows) <= FEW_ROWS and characters <= FEW_CHARACTERS
    names = {"caption": str(caption), "unit": str(unit), "together": together}
    return {"kind": "table", "columns": columns, "rows": rows} | names


def columns_that_fit(rows, *, wide=False):
    """How many columns of these numbers fit side by side on a page."""
    widest = max((len(cell) for each in rows for cell in each["cells"][1:]), default=0)
    return max(LEAST_COLUMNS, AS_WIDE_AS[wide] // (max(widest, 5) + BESIDE))


def number_tables(head, heads, rows, *, wide=False, caption="", unit=""):
    """A table of numbers, cut into several where its columns are too many for the page.

    The first cell of each row is its label; the others belong to ``heads``.
    """
    room = columns_that_fit(rows, wide=wide)
    for start in range(0, len(heads), room):
        cut = [each | {"cells": some_cells(each, start, room)} for each in rows]
        numbers = [column(name, number=True) for name in heads[start : start + room]]
        names = f"{caption} ({heads[start]}–)" if start and caption else caption
        yield table([column(head), *numbers], cut, caption=names, unit=unit)


def some_cells(each, start, room):
    label, *numbers = each["cells"]
    return [label, *numbers[start : start + room]]
