"""Untrusted workbooks: what is read, what is refused, and how much memory it takes."""

import io
import os
import pickle
import subprocess
import sys
from datetime import date

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as some

from foundation.intake import sheets
from foundation.intake.sheets import cells, reading
from foundation.intake.sheets.refusals import Refused, Unusable
from foundation.intake.sheets.writing import Book
from tests.effort import effort
from tests.projects.hostile import (
    FILES,
    SHEET,
    STRINGS,
    STYLES,
    Raw,
    members,
    packed,
    with_cells,
    with_part,
    with_rows,
)

MEGABYTE = 1024 * 1024
MOST_MEMORY = 200 * MEGABYTE
MOST_MEMORY_OF_THE_REFUSED = 16 * MEGABYTE


def book_of(rows):
    book = Book()
    sheet = book.sheet("양식")
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            write = book.text if isinstance(value, str) else book.number
            write(sheet, row, column, value)
    return book.content()


@pytest.fixture(scope="module")
def book():
    return book_of([["id", "제목", 2027], [1, "=1+1", 5], [2, "나", 1_234_567_890_123]])


def read(book):
    return sheets.read(io.BytesIO(book), ["양식"])


def test_values_come_back_cell_by_cell(book):
    assert read(book) == [["id", "제목", 2027], [1, "=1+1", 5], [2, "나", 1_234_567_890_123]]


def test_rows_begin_at_the_first_cell_of_the_sheet():
    assert read(book_of([[], ["", "", "x"]]))[1][2] == "x"


def test_errors_and_formulas_without_value_are_unusable(book):
    wrong = {"B2": Raw('t="e"', "<v>#N/A</v>"), "C2": Raw("", "<f>1+1</f>"), "H9": Raw("", "<f/>")}

    rows = read(with_cells(book, wrong))

    found = [rows[1][1], rows[1][2], rows[8][7]]
    assert [type(value) for value in found] == [Unusable] * 3
    assert "#N/A" in rows[1][1].text


def test_dates_are_dates_by_their_format(book):
    dated = with_part(book, STYLES, lambda xml: xml.replace('numFmtId="0"', 'numFmtId="14"'))

    assert read(dated)[1][2] == date(1900, 1, 5)


def with_spaces(xml):
    return xml.replace("</c>", "</c>\n  ").replace("<v>", "\n<v>")


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace("<c r=", "<x:c r=").replace("</c>", "</x:c>"),
        lambda xml: xml.replace("<row ", "<x:row ").replace("</row>", "</x:row>"),
        lambda xml: xml.replace("sheetData", "x:sheetData"),
        lambda xml: xml.replace('<c r="B2"', "<c r='B2'"),
        lambda xml: xml.replace('<c r="B2"', "<c"),
        lambda xml: xml.replace('<row r="2"', "<row"),
        lambda xml: xml.replace('<c r="B2"', '<c\n   r="B2"'),
        lambda xml: xml.replace('<row r="2"', '<!-- r="9999999" --><row r="2"'),
        with_spaces,
    ],
)
def test_other_programs_write_otherwise_and_are_read_alike(book, change):
    assert read(with_part(book, SHEET, change)) == read(book)


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        (STRINGS, 'uniqueCount="4"', 'uniqueCount="4000000000"'),
        (STRINGS, 'count="4" uniqueCount="4"', 'a=">" uniqueCount="4000000000"'),
        (STYLES, 'count="1"', 'count="4000000000"'),
        (SHEET, 'ref="A1:C3"', 'ref="A1:XFD1048576"'),
    ],
)
def test_what_a_file_declares_is_not_believed(book, part, before, after):
    assert before in members(book)[part].decode()

    assert read(with_part(book, part, lambda xml: xml.replace(before, after))) == read(book)


TAGS = some.sampled_from(
    (
        "<c/>",
        '<c r="B2"/>',
        '<c r="B02"/>',
        '<c r="B2" s="1"></c>',
        '<c r="AZ19999" t="str"/>',
        '<c r="BA1"/>',
        '<c r="A20000"/>',
        '<c r="B2" r="BA1"/>',
        '<c r="B2" t="str" r="BA1"/>',
        '<c r="B2"r="BA1"/>',
        '<c a=">" r="BA1"/>',
        "<c\tr='A1'/>",
        "<x:c/>",
        "<cc/>",
    )
)


@given(tags=some.lists(TAGS, max_size=4))
def test_what_passes_the_quick_check_is_within_the_limits(tags):
    """Whatever the quick check accepts, the check of every cell accepts, too."""
    xml = f'<worksheet><sheetData><row r="2">{"".join(tags)}</row></sheetData></worksheet>'

    if cells.is_canonical(xml.encode()):
        cells.walk(xml.encode())


@trials(max_examples=effort(60, 5_000), deadline=None)
@given(data=some.data())
def test_broken_bytes_are_refused_or_read_and_never_a_fault(book, data):
    part = data.draw(some.sampled_from([SHEET, STRINGS, STYLES, "xl/workbook.xml"]))
    content = bytearray(members(book)[part])
    for _change in range(data.draw(some.integers(1, 4))):
        place = data.draw(some.integers(0, len(content) - 1))
        content[place : place + data.draw(some.integers(0, 9))] = data.draw(some.binary(max_size=6))

    assert read_or_refused(packed(members(book) | {part: bytes(content)}))


def read_or_refused(book):
    try:
        return len(read(book)) <= sheets.MOST_ROWS
    except Refused as refused:
        return str(refused)


@trials(max_examples=effort(30, 2_000))
@given(data=some.data())
def test_broken_zip_is_refused_or_read_and_never_a_fault(book, data):
    content = bytearray(book)
    for _change in range(data.draw(some.integers(1, 4))):
        content[data.draw(some.integers(4, len(content) - 1))] = data.draw(some.integers(0, 255))
    content = content[: data.draw(some.integers(len(content) // 2, len(content) + 10**6))]

    assert read_or_refused(bytes(content))


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", " ="])
def test_text_that_begins_like_a_formula_is_marked_as_text(first):
    text = f"{first}SUM(A1)"
    book = book_of([[text], ["SUM"]])
    sheet, styles = members(book)[SHEET], members(book)[STYLES]

    assert b"<f>" not in sheet
    assert styles.count(b'quotePrefix="1"') == 1
    assert read(book)[0][0].strip() == text.strip()


def test_addresses_and_numbers_in_text_stay_text():
    book = book_of([["http://x.example/", "0012", "x" * 40_000]])

    assert b"hyperlink" not in members(book)[SHEET]
    assert read(book)[0][:2] == ["http://x.example/", "0012"]
    assert len(read(book)[0][2]) == 32_767


MEASURE = """
import io, pickle, re, sys
from pathlib import Path
import django
django.setup()
from foundation.intake import sheets

def size(kind):
    found = re.search(kind + r":\\s+(\\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) * 1024

sent = pickle.load(sys.stdin.buffer)
names = ["양식"]
sheets.read(io.BytesIO(sent.pop("good")), names)
for name, content in sent.items():
    Path("/proc/self/clear_refs").write_text("5")
    before = size("VmRSS")
    try:
        sheets.read(io.BytesIO(content), names)
        result = "read"
    except sheets.Refused as refused:
        result = str(refused)
    print(name, size("VmHWM") - before, result, sep="\\t")
"""
WORST = (
    "bomb",
    "bomb in the texts",
    "bomb in a part not read",
    "bomb with a false size",
    "30,000 members",
    "larger than the limit",
    "a billion laughs",
    "last cell of all",
    "row beyond all",
    "cells that do not say where",
    "far cells with a prefix",
    "one text a thousand times",
    "one text a thousand times, behind empty ones",
)


def at_the_limits():
    """Within every limit and as heavy as can be: wide, long, full of cells, full of text."""
    last = '<row r="19999"><c r="AZ19999"><v>1</v></c></row>'
    odd = "<row r='{0}'>" + "<c><v>1</v></c>" * 52 + "</row>"
    small = book_of([["x"]])
    text = f"<sst><si><t>{'x' * 3_000}</t></si></sst>"
    texts = "".join(f'<row r="{n}"><c r="B{n}" t="s"><v>0</v></c></row>' for n in range(2, 10_000))
    return {
        "far": with_rows(small, last),
        "full": with_rows(small, "".join(odd.format(n) for n in range(2, 20_000))),
        "texts": with_rows(packed(members(small) | {STRINGS: text}), texts),
        "empty texts": packed(members(small) | {STRINGS: f"<sst>{'<si/>' * 2_000_000}</sst>"}),
    }


def test_no_file_takes_much_memory(book):
    """A file that is refused costs a few megabytes, one at every limit no more than its cells."""
    sent = {"good": book} | {name: FILES[name][0](book) for name in WORST} | at_the_limits()

    done = measured(sent)

    assert [name for name in WORST if done[name][1] == "read"] == []
    assert [name for name in at_the_limits() if done[name][1] != "read"] == []
    assert max(done[name][0] for name in WORST) < MOST_MEMORY_OF_THE_REFUSED
    assert max(grown for grown, _result in done.values()) < MOST_MEMORY


def measured(sent):
    done = subprocess.run(
        [sys.executable, "-c", MEASURE],
        input=pickle.dumps(sent),
        capture_output=True,
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        check=True,
    )
    lines = [line.split("\t") for line in done.stdout.decode().splitlines()]
    return {name: (int(grown), result) for name, grown, result in lines}


def test_reader_sees_only_what_was_checked(book):
    """Of the sheet its cells alone are handed on: no dimension, no columns, no merged cells."""
    data = reading.data_of(members(book)[SHEET])

    assert data.startswith(b"<worksheet><sheetData>")
    assert b"dimension" not in data
