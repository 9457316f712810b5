"""A reviewer reads, comments, asks and answers in a browser, by keyboard only."""

import pytest

from projects.models import Comment, Question, Review
from tests import factories

from .keyboard import press, reach, write
from .pages import NARROW, WIDE, findings, is_too_wide, sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def review(cast, call):
    """The first of two in the reviewer's queue; the call asks for marks."""
    factories.criteria(call, 100)
    review = factories.submitted(cast, call).reviews.get(ministry="MOTIR")
    factories.submitted(cast, call, title="다음 사업")
    return review


def open_page(chromium, live_server, review, language, width):
    page = sign_in(chromium, live_server, "motir_reviewer@example.org", language)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/reviews/{review.pk}/read/")
    return page


def here(page):
    return page.locator(".here").first.get_attribute("data-subject")


def go_to(page, subject, key="j"):
    """Press a key until the part is reached; fails if it does not get there."""
    for _press in range(30):
        page.keyboard.press(key)
        if here(page) == subject:
            return
    raise AssertionError(f"{key} does not reach {subject}")


def note(page, text):
    """Write into the comment form, which has the focus already, and save it."""
    page.wait_for_selector("#comment_text:focus")
    page.keyboard.type(text)
    reach(page, "#comment-form button.primary")
    page.keyboard.press("Enter")
    page.locator(".notes").get_by_text(text).wait_for()


@pytest.mark.parametrize(("language", "width"), NARROW)
def test_a_review_by_keyboard_only(chromium, axe, live_server, review, language, width):
    own = f"component-{review.component_id}"
    cell = f"cell-{review.component_id}-2027-national"
    page = open_page(chromium, live_server, review, language, width)

    write(page, "#id_reason", "산출 근거를 확인하였다.")
    reach(page, ".desk a")  # leave the text field, so that the shortcut keys work again
    go_to(page, "part-section-need", "k")
    page.keyboard.press("c")
    note(page, "수요 추정의 근거가 없다.")
    go_to(page, own)
    reach(page, f"#note-{cell}")
    page.keyboard.press("c")
    note(page, "단가가 높다.")
    assert page.input_value("#id_reason") == "산출 근거를 확인하였다."
    assert page.inner_text(f"#note-{cell}").endswith("1")
    assert findings(page, axe) == []
    assert not is_too_wide(page, width)

    comment = Comment.objects.get(about=cell)
    press(page, f"#comment-{comment.pk} a[href*='comment={comment.pk}']")
    assert page.input_value("#id_text") == "단가가 높다."
    assert page.input_value("#id_about") == cell
    press(page, "main form .actions button.primary")
    question = Question.objects.get()
    assert question.about == cell
    assert page.url.endswith(f"/reviews/{review.pk}/read/#questions")

    assert page.input_value("#id_reason") == "산출 근거를 확인하였다."
    page.keyboard.press("a")
    page.keyboard.press("Space")
    write(page, f"#id_points_{review.proposal.call.criteria.get().pk}", "80")
    press(page, "#answer-form .actions button.primary")
    review.refresh_from_db()
    assert (review.state, review.answer) == ("answered", "accept")
    assert review.reason == "산출 근거를 확인하였다."

    page.keyboard.press("n")
    page.wait_for_url(lambda url: f"/reviews/{review.pk}/" not in url)
    assert Review.objects.get(pk=page.url.split("/")[-3]).proposal.title == "다음 사업"
    page.context.close()


@pytest.mark.parametrize(("language", "width"), WIDE)
def test_refused_comment_says_why_and_the_list_stays(
    chromium, live_server, cast, review, language, width
):
    factories.comment(cast, review, "먼저 쓴 메모")
    page = open_page(chromium, live_server, review, language, width)
    go_to(page, "part-risks")
    page.keyboard.press("c")
    page.wait_for_selector("#comment_text")
    page.keyboard.type("   ")
    reach(page, "#comment-form button.primary")
    page.keyboard.press("Enter")

    page.wait_for_selector("#comment_text_error")
    assert "먼저 쓴 메모" in page.inner_text("#comments")
    assert not is_too_wide(page, width)
    page.context.close()


def test_keys_work_with_the_korean_keyboard_and_can_be_turned_off(chromium, live_server, review):
    page = open_page(chromium, live_server, review, "ko", 1280)
    hangul = """() => document.body.dispatchEvent(
        new KeyboardEvent("keydown", { key: "ㅓ", code: "KeyJ", bubbles: true, cancelable: true }))"""
    page.evaluate(hangul)
    assert here(page) == "part-basics"

    page.keyboard.press("?")
    reach(page, "#keys-on")
    page.keyboard.press("Space")
    page.reload()
    page.keyboard.press("j")

    assert page.locator(".here").count() == 0
    assert not page.is_checked("#keys-on")
    page.context.close()


def test_key_q_asks_about_the_place_that_is_read(chromium, live_server, review):
    page = open_page(chromium, live_server, review, "ko", 1280)
    go_to(page, "part-risks")
    page.keyboard.press("q")

    page.wait_for_url(f"**/reviews/{review.pk}/questions/new/?about=part-risks")
    assert page.input_value("#id_about") == "part-risks"
    page.context.close()


def test_page_works_without_javascript(chromium, live_server, cast, review):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/account/login/")
    page.fill("input[name=login]", "motir_reviewer@example.org")
    page.fill("input[name=password]", factories.PASSWORD)
    page.click("main button")
    page.goto(f"{live_server.url}/reviews/{review.pk}/read/")

    page.fill("#id_reason", "쓰다 만")
    page.click("button[name=keep]")
    page.click("#note-part-section-goals")
    page.fill("#comment_text", "목표가 모호하다.")
    page.click("#comment-form button.primary")

    assert "목표가 모호하다." in page.inner_text("#comments")
    assert page.input_value("#id_reason") == "쓰다 만"
    context.close()
