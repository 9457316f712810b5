"""A county officer writes a whole proposal in a browser, by keyboard and by pasting cells."""

import pytest

from projects.models import BudgetLine, Proposal
from tests import factories

from .keyboard import choose, press, reach, write
from .pages import NARROW, WIDE, is_too_wide, sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

SAVE = "main form .actions button.primary"


@pytest.mark.parametrize(("language", "width"), NARROW)
def test_a_whole_proposal_by_keyboard_only(chromium, live_server, cast, language, width):
    call = factories.call(cast, required_sections=["need"])
    page = sign_in(chromium, live_server, "drafter@example.org", language)
    page.set_viewport_size({"width": width, "height": 900})

    page.goto(f"{live_server.url}/calls/{call.pk}/")
    press(page, f"a[href='/calls/{call.pk}/proposals/new/']")
    write(page, "#id_title", "바다와 숲을 잇는 사업")
    write(page, "#id_purpose", "일자리를 만든다.")
    press(page, SAVE)
    proposal = Proposal.objects.get()
    home = f"/proposals/{proposal.pk}/"

    press(page, f"a[href='{home}parts/section-need/']")
    write(page, "#id_text", "인구가 준다.")
    press(page, SAVE)
    for ministry in ("MOTIR", "MCST"):
        press(page, f"a[href='{home}components/']")
        press(page, f"a[href='{home}components/new/']")
        write(page, "#id_title", f"{ministry} 내역사업")
        choose(page, "#id_ministry", ministry)
        choose(page, "#id_kind", "facility")
        write(page, "#id_won_2027_national", "1000000")
        press(page, SAVE)
    fill_the_grid(page, home)
    press(page, f".crumbs a[href='{home}']")
    press(page, f"a[href='{home}parts/risks/']")
    write(page, "#id_risks-0-title", "공사비 상승")
    choose(page, "#id_risks-0-likelihood", "high")
    choose(page, "#id_risks-0-impact", "low")
    write(page, "#id_risks-0-measure", "예비비")
    press(page, SAVE)
    assert not is_too_wide(page, width)

    approver = sign_in(chromium, live_server, "approver@example.org", language)
    approver.goto(live_server.url + home)
    press(approver, f"form[action='{home}moves/submit/'] button")
    proposal.refresh_from_db()
    assert proposal.state == "in_review"
    content = proposal.revisions.get().content
    assert content["sections"] == {"need": "인구가 준다."}
    assert [c["lines"] for c in content["components"]] == [
        [[2027, "municipal", 3_000], [2027, "national", 1_000_000], [2028, "national", 2_500]],
        [[2027, "national", 1_000_000]],
    ]
    page.context.close()
    approver.context.close()


def fill_the_grid(page, home):
    """Arrow keys and Enter move from cell to cell, as in a spreadsheet."""
    press(page, f"a[href='{home}parts/budget/']")
    reach(page, "#sheet input.won")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("2,500")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("3000")
    page.locator("#totals").get_by_text("2,005,500").first.wait_for()
    press(page, SAVE)


BLOCK = "1,000\t2,000\t3,000\r\n4,000\t\t6,000\r\n"


def paste(page, text):
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        text,
    )


@pytest.mark.parametrize(("language", "width"), WIDE)
def test_a_block_of_cells_is_pasted_and_can_be_undone(
    chromium, live_server, cast, call, language, width
):
    draft = factories.complete_proposal(cast, call)
    page = sign_in(chromium, live_server, "drafter@example.org", language)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/proposals/{draft.pk}/parts/budget/")
    page.locator("#sheet input.won").first.focus()

    paste(page, BLOCK)
    page.locator("#totals").get_by_text("1,000").first.wait_for()
    assert values(page)[:6] == ["1,000", "2,000", "3,000", "4,000", "", "6,000"]
    page.keyboard.press("Control+z")
    assert values(page)[:6] == ["1,000,000"] * 3 + ["300,000"] * 3
    paste(page, BLOCK)
    with page.expect_navigation():
        page.locator(SAVE).click()

    first = draft.components.order_by("pk").first()
    found = BudgetLine.objects.filter(component=first, source__in=["national", "provincial"])
    assert sorted(found.values_list("source", "fiscal_year", "won")) == [
        ("national", 2027, 1_000),
        ("national", 2028, 2_000),
        ("national", 2029, 3_000),
        ("provincial", 2027, 4_000),
        ("provincial", 2029, 6_000),
    ]
    page.context.close()


def test_grid_undoes_step_by_step_and_counts_the_pasted_cells_left_out(
    chromium, live_server, cast, call
):
    draft = factories.complete_proposal(cast, call)
    page = sign_in(chromium, live_server, "drafter@example.org", "en")
    page.goto(f"{live_server.url}/proposals/{draft.pk}/parts/budget/")
    cells = page.locator("#sheet input.won")

    cells.nth(1).focus()
    paste(page, "1\t2\t3\t4\r\n5\t6\t-\r\n")
    assert "left out: 2" in page.inner_text("#sheet-report")
    cells.nth(1).press_sequentially("77")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    page.keyboard.type("9")
    page.keyboard.press("Escape")
    assert values(page)[:6] == ["1,000,000", "77", "2", "300,000", "5", "6"]

    page.keyboard.press("Control+z")
    assert values(page)[:6] == ["1,000,000", "1", "2", "300,000", "5", "6"]
    page.keyboard.press("Control+z")
    assert values(page)[:6] == ["1,000,000"] * 3 + ["300,000"] * 3
    page.context.close()


def values(page):
    return page.eval_on_selector_all("#sheet input.won", "(all) => all.map((cell) => cell.value)")


def test_what_is_typed_is_kept_when_the_browser_closes(chromium, live_server, cast, call):
    draft = factories.complete_proposal(cast, call)
    address = f"{live_server.url}/proposals/{draft.pk}/parts/section-need/"
    page = sign_in(chromium, live_server, "drafter@example.org", "ko")
    page.goto(address)
    page.locator("#id_text").press_sequentially("쓰다 만 글")
    page.locator("#kept").get_by_text("임시 보관").wait_for()
    page.context.close()

    again = sign_in(chromium, live_server, "drafter@example.org", "ko")
    again.goto(address)

    assert again.input_value("#id_text") == "쓰다 만 글"
    assert "저장하지 않은 내용" in again.inner_text("main")
    again.context.close()
