"""A county officer works offline: a workbook with an error is refused, corrected and accepted."""

import os
from pathlib import Path

import pytest

from projects.models import BudgetLine
from tests import factories
from tests.projects.hostile import with_cells

from .pages import NARROW, is_too_wide, sign_in
from .test_writing import SAVE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

PICTURES = os.environ.get("PICTURES", "")  # a folder for screenshots; none are taken without it


def amounts(proposal):
    lines = BudgetLine.objects.filter(component__proposal=proposal)
    return sorted(lines.values_list("component", "fiscal_year", "source", "won"))


def send(page, book):
    file = {"name": "예산.xlsx", "mimeType": "application/octet-stream", "buffer": book}
    page.set_input_files("input[type=file]", file)
    page.click(SAVE)


def look(page, name):
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


@pytest.mark.parametrize(("language", "width"), NARROW)
def test_broken_workbook_is_corrected_and_uploaded_again(
    chromium, live_server, cast, language, width
):
    proposal = factories.complete_proposal(cast, factories.call(cast))
    before = amounts(proposal)
    home = f"{live_server.url}/proposals/{proposal.pk}"
    page = sign_in(chromium, live_server, "drafter@example.org", language)
    page.set_viewport_size({"width": width, "height": 900})

    page.goto(f"{home}/parts/budget/")
    with page.expect_download() as downloaded:
        page.click(f"a[href='/proposals/{proposal.pk}/budget/sheet/']")
    book = Path(downloaded.value.path()).read_bytes()
    page.click(f"a[href='/proposals/{proposal.pk}/budget/upload/']")
    page.wait_for_selector("input[type=file]")
    look(page, f"upload-{language}-{width}")
    assert not is_too_wide(page, width)

    send(page, with_cells(book, {"E9": 1200.5, "F9": 2_000_000}))
    complaint = page.inner_text("#errors")
    assert "E9" in complaint
    assert "1,200.5" in complaint
    assert "F9" not in complaint
    look(page, f"refused-{language}-{width}")
    assert not is_too_wide(page, width)
    assert amounts(proposal) == before

    send(page, with_cells(book, {"E9": 1200, "F9": 2_000_000}))
    preview = page.inner_text("main")
    assert "-998,800" in preview
    assert "+1,000,000" in preview
    look(page, f"preview-{language}-{width}")
    assert not is_too_wide(page, width)
    assert amounts(proposal) == before

    page.click(SAVE)
    first = page.locator("#sheet input.won")
    assert [first.nth(0).input_value(), first.nth(1).input_value()] == ["1,200", "2,000,000"]
    look(page, f"taken-{language}-{width}")
    assert sum(won for *_cell, won in amounts(proposal)) == 12_000_000 - 998_800 + 1_000_000
    page.context.close()
