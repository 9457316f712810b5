"""The statement of account: the page, the PDF, the workbook, all entries."""

import csv
import io

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from disbursements.statements.statement import NEWEST
from tests.disbursements import acts

from ..test_views import browser


@pytest.fixture
def paid(cast, voted):
    acts.pay(cast, acts.granted(cast, voted, 600_000), 500_000)
    acts.execute(cast, voted, 123_457)
    return voted


def address(line, ending):
    return f"/agreements/{line.agreement_id}/statement{ending}"


def test_page_has_totals_and_the_newest_movements(cast, paid):
    page = browser(cast["finance"]).get(address(paid, "/"))

    made = page.context["statement"]
    assert page.context["whole"] == [12_000_000, 1_000_000, 500_000, 123_457, 0, 0, 0, 876_543]
    assert [entry.stage for entry in made.movements][:4] == ["executed", "paid", "granted", "voted"]
    assert made.entries == 18 + 4


def test_movements_are_the_newest_of_all_lines(cast, paid):
    for n in range(NEWEST):
        acts.execute(cast, paid, n + 1)

    made = browser(cast["finance"]).get(address(paid, "/")).context["statement"]

    keys = [entry.pk for entry in made.movements]
    assert keys == sorted(keys, reverse=True)
    assert (len(keys), made.movements[0].won, made.movements[-1].won) == (NEWEST, NEWEST, 1)


def test_pdf_says_the_same(cast, paid):
    answer = browser(cast["finance"]).get(address(paid, ".pdf"))

    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert answer["Content-Type"] == "application/pdf"
    for won in ("12,000,000", "876,543", "123,457"):
        assert won in text


def test_workbook_says_the_same(cast, paid):
    answer = browser(cast["finance"]).get(address(paid, ".xlsx"))

    totals, movements = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).sheet_names
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_name(totals).to_python()
    assert rows[-1][1:] == [12_000_000, 1_000_000, 500_000, 123_457, 0, 0, 0, 876_543]
    assert len(rows) == 18 + 2
    assert book.get_sheet_by_name(movements).to_python()[1][3] == 123_457


def test_file_of_all_entries_sums_to_what_was_paid(cast, paid):
    acts.execute(cast, paid, 1)
    answer = browser(cast["finance"]).get(address(paid, ".csv"))

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    assert head[:2] == ["Number", "Component"]
    assert len(rows) == 18 + 5
    assert sum(int(row[7]) for row in rows if row[4] == "executed") == 123_458


@pytest.mark.parametrize("ending", ["/", ".pdf", ".xlsx", ".csv"])
def test_stranger_finds_nothing(cast, paid, ending):
    assert browser(cast["hongseong_drafter"]).get(address(paid, ending)).status_code == 404
