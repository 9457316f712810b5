"""The budget as a workbook: download, upload, hostile and broken files; all or nothing saved."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from foundation.intake.sheets.refusals import Refused
from projects.budget.grid import cells_of
from projects.budget.workbook.layout import folded
from projects.budget.workbook.reading import read_budget
from projects.budget.workbook.writing import budget_book
from projects.models import BudgetLine, Proposal, Source
from tests import factories

from ..hostile import CELLS, FILES, SHEET, Raw, members, with_cells

QUERIES = {"download": 27, "upload": 27, "confirm": 45}


@pytest.fixture
def draft(cast, call):
    return factories.complete_proposal(cast, call)


@pytest.fixture
def client(cast):
    return client_of(cast, "drafter")


def client_of(cast, who, language="en"):
    client = Client()
    client.force_login(cast[who])
    client.cookies["django_language"] = language
    return client


def fresh(proposal):
    return Proposal.objects.for_page().get(pk=proposal.pk)


def book_of(proposal):
    return budget_book(fresh(proposal))


def read(book, proposal):
    return read_budget(io.BytesIO(book), fresh(proposal))


def upload(client, proposal, book, name="예산.xlsx"):
    file = SimpleUploadedFile(name, book)
    return client.post(f"/proposals/{proposal.pk}/budget/upload/", {"file": file})


def confirm(client, proposal, page, **more):
    cells = re.search(r'name="cells" value="([^"]+)"', page.content.decode())[1]
    return client.post(f"/proposals/{proposal.pk}/budget/upload/", {"cells": cells} | more)


def stored(proposal):
    """Everything that an upload could change."""
    lines = BudgetLine.objects.order_by("pk").values_list("pk", "won")
    return list(lines), Proposal.objects.get(pk=proposal.pk).moves_made


def test_form_is_downloaded_uploaded_and_written(client, draft):
    book = with_cells(book_of(draft), {"E9": "1,500,000", "F9": 0, "G13": 7})

    page = upload(client, draft, book)
    before = stored(draft)
    answer = confirm(client, draft, page)

    text = page.content.decode()
    assert page.status_code == 200
    assert "3 amounts would change" in text
    assert "27 cells of the file stay" in text
    assert "+500,000" in text
    assert "-1,000,000" in text
    assert (answer.status_code, answer["Location"]) == (302, f"/proposals/{draft.pk}/parts/budget/")
    assert stored(draft)[1] == before[1] + 1
    first = fresh(draft).live_components()[0].pk
    cells = cells_of(fresh(draft))
    assert cells[first, 2027, "national"] == 1_500_000
    assert (first, 2028, "national") not in cells
    assert cells[first, 2029, "private"] == 7


def test_preview_writes_nothing(client, draft):
    before = stored(draft)

    upload(client, draft, with_cells(book_of(draft), {"E9": 5}))

    assert stored(draft) == before


def test_same_amounts_need_no_confirmation(client, draft):
    page = upload(client, draft, book_of(draft))

    assert page.status_code == 200
    assert "Nothing would change" in page.content.decode()


def test_every_hostile_file_is_refused_with_a_reason(client, draft):
    book, before = book_of(draft), stored(draft)
    faults = {}
    for name, (build, word) in FILES.items():
        answer = upload(client, draft, build(book))
        if answer.status_code != 422 or word not in answer.content.decode():
            faults[name] = (answer.status_code, complaints(answer))

    assert faults == {}
    assert len(FILES) >= 60
    assert stored(draft) == before


def test_every_wrong_cell_is_named(client, draft):
    with translation.override("en"):
        book = book_of(draft)
    before, faults = stored(draft), {}
    for name, (cells, words) in CELLS.items():
        answer = upload(client, draft, with_cells(book, cells))
        if answer.status_code != 422 or words not in answer.content.decode():
            faults[name] = (answer.status_code, complaints(answer))

    assert faults == {}
    assert stored(draft) == before


def complaints(answer):
    return re.findall(r"<li>(.*?)</li>", answer.content.decode())[-3:]


def test_all_complaints_come_at_once(client, draft):
    book = with_cells(book_of(draft), {f"{c}{r}": "x" for c in "EFG" for r in range(9, 19)})

    text = upload(client, draft, book).content.decode()

    assert re.findall(r"<li><b>(\w+)</b>", text) == [f"{c}{r}" for r in range(9, 19) for c in "EFG"]


def test_more_than_fifty_complaints_are_counted(cast, draft):
    for number in range(8):
        factories.component(cast, draft, cast.moe, title=f"내역사업 {number}")
    cells = {f"{c}{r}": "x" for c in "EFG" for r in range(9, 59)}

    with pytest.raises(Refused) as refused, translation.override("en"):
        read(with_cells(book_of(draft), cells), draft)

    assert len(refused.value.complaints) == 51
    assert str(refused.value.complaints[-1]) == "And 100 more."


@pytest.mark.parametrize(
    ("written", "won"),
    [
        (1_200_000, 1_200_000),
        ("1,200,000", 1_200_000),
        ("1 200 000원", 1_200_000),
        ("１，２００", 1_200),
        ("", 0),
        ("   ", 0),
        (10**15, 10**15),
        (Raw("", "<f>0.1*3*1000000</f><v>300000.00000000006</v>"), 300_000),
        (Raw('t="str"', "<f>IF(1,TEXT(5,0))</f><v>5</v>"), 5),
        (Raw('t="str"', '<f>""</f><v></v>'), 0),
        (Raw("", "<v>1.2E6</v>"), 1_200_000),
    ],
)
def test_amounts_are_read_as_people_write_them(draft, written, won):
    cells = read(with_cells(book_of(draft), {"E9": written}), draft)

    assert cells[fresh(draft).live_components()[0].pk, 2027, "national"] == won


@pytest.mark.parametrize("reader", ["ko", "en"])
@pytest.mark.parametrize("writer", ["ko", "en"])
def test_form_is_read_in_either_language(draft, writer, reader):
    with translation.override(writer):
        book = book_of(draft)
    with translation.override(reader):
        cells = read(book, draft)

    assert {cell: won for cell, won in cells.items() if won} == cells_of(fresh(draft))


def test_rows_may_come_in_any_order_with_gaps_and_without_some(draft):
    first, second = (component.pk for component in fresh(draft).live_components())
    gone = {f"{c}{r}": "" for c in "ABCDEFG" for r in range(10, 19)}
    cells = {"A9": second, "B9": "", "D9": "Municipal", "E9": 3, "A25": first, "D25": "시도비"}

    found = read(with_cells(book_of(draft), gone | cells | {"E25": 4}), draft)

    assert found[second, 2027, "municipal"] == 3
    assert found[first, 2027, "provincial"] == 4
    assert (first, 2028, "national") not in found


def test_row_without_number_is_known_by_a_title_that_only_one_has(draft):
    title = fresh(draft).live_components()[0].title

    found = read(with_cells(book_of(draft), {"A9": "", "B9": f" {title} ", "E9": 3}), draft)

    assert 3 in found.values()


def test_form_of_another_proposal_is_refused(cast, call, client, draft):
    other = factories.complete_proposal(cast, call, title="다른 사업")

    answer = upload(client, draft, book_of(other))

    assert answer.status_code == 422
    assert "not the form of this proposal" in answer.content.decode()


def test_component_of_another_proposal_is_refused(cast, call, client, draft):
    other = factories.complete_proposal(cast, call, title="다른 사업")
    strange = other.components.first().pk

    answer = upload(client, draft, with_cells(book_of(draft), {"A9": strange}))

    assert f"component with the number {strange}" in answer.content.decode()


def test_only_the_beginning_of_texts_is_compared():
    unfolding = "\ufdfa"  # one letter that is eighteen when it is compared

    assert len(folded(unfolding * 30_000)) < 20_000


def test_titles_that_look_like_formulas_stay_text(cast, draft):
    factories.component(cast, draft, cast.moe, title='=HYPERLINK("http://x","y")')
    book = book_of(draft)

    cells = read(book, draft)

    assert b"HYPERLINK" not in formulas(book)
    assert {cell: won for cell, won in cells.items() if won} == cells_of(fresh(draft))


def formulas(book):
    return b"".join(re.findall(rb"<f>.*?</f>", members(book)[SHEET]))


def test_sums_of_the_form_hold_their_values(draft):
    text = members(book_of(draft))[SHEET].decode()

    assert re.search(r'<c r="E7"[^>]*><f>SUM\(E9:E18\)</f><v>4000000</v>', text)
    assert re.search(r'<c r="H8"[^>]*><f>SUM\(E8:G8\)</f><v>6000000</v>', text)


def test_upload_is_refused_when_the_proposal_changed_meanwhile(cast, client, draft):
    page = upload(client, draft, with_cells(book_of(draft), {"E9": 5}))
    factories.component(cast, draft, cast.moe)
    before = stored(draft)

    answer = confirm(client, draft, page)

    assert answer.status_code == 409
    assert "Somebody changed this" in answer.content.decode()
    assert stored(draft) == before


def test_preview_is_valid_for_one_proposal_and_one_person(cast, call, client, draft):
    page = upload(client, draft, with_cells(book_of(draft), {"E9": 5}))
    other = factories.complete_proposal(cast, call, title="다른 사업")
    colleague = factories.person("colleague", ("drafter", cast.gangneung))
    cast["colleague"] = colleague
    before = stored(draft)

    statuses = [
        confirm(client, other, page).status_code,
        confirm(client_of(cast, "colleague"), draft, page).status_code,
        client.post(f"/proposals/{draft.pk}/budget/upload/", {"cells": "forged"}).status_code,
        client.post(f"/proposals/{draft.pk}/budget/upload/", {"cells": ""}).status_code,
        client.post(f"/proposals/{draft.pk}/budget/upload/", {}).status_code,
    ]

    assert statuses == [422] * 5
    assert stored(draft) == before


def test_who_may_see_downloads_and_who_may_write_uploads(cast, call, draft):
    download = f"/proposals/{draft.pk}/budget/sheet/"
    page = f"/proposals/{draft.pk}/budget/upload/"
    statuses = {
        who: (
            client_of(cast, who).get(download).status_code,
            client_of(cast, who).get(page).status_code,
        )
        for who in ("drafter", "approver", "coordinator", "hongseong_drafter")
    }

    assert statuses["drafter"] == (200, 200)
    assert statuses["approver"] == (200, 403)
    assert statuses["hongseong_drafter"] == (404, 404)


def test_download_has_a_name_and_security_headers(client, draft):
    answer = client.get(f"/proposals/{draft.pk}/budget/sheet/")

    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_submitted_proposal_takes_no_file(cast, call):
    submitted = factories.submitted(cast, call)
    book, before = book_of(submitted), stored(submitted)

    answer = upload(client_of(cast, "drafter"), submitted, with_cells(book, {"E9": 5}))

    assert answer.status_code == 302
    assert stored(submitted) == before


def wide(cast, call, components):
    """A proposal of five years with amounts from four sources in every year."""
    proposal = factories.proposal(cast, call)
    amounts = {(y, s.value): 1_000 for y in range(2027, 2032) for s in list(Source)[:4]}
    for number in range(components):
        factories.component(cast, proposal, cast.moe, title=f"내역사업 {number}", amounts=amounts)
    return proposal


@pytest.mark.parametrize("components", [1, 40])
def test_queries_do_not_grow_with_the_cells(cast, call, client, components):
    proposal = wide(cast, call, components)
    rows = range(9, 9 + 5 * components)
    book = with_cells(book_of(proposal), {f"{c}{r}": r for c in "EFGHI" for r in rows if r % 5})
    found = {}

    with CaptureQueriesContext(connection) as queries:
        client.get(f"/proposals/{proposal.pk}/budget/sheet/")
    found["download"] = len(queries)
    with CaptureQueriesContext(connection) as queries:
        page = upload(client, proposal, book)
    found["upload"] = len(queries)
    with CaptureQueriesContext(connection) as queries:
        assert confirm(client, proposal, page).status_code == 302
    found["confirm"] = len(queries)

    assert found == QUERIES
