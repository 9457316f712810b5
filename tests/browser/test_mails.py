"""The pages about mails, and the mails themselves, in a browser."""

from datetime import date

import pytest

from reminders.models import Preference
from reminders.outbox.notices import write_notices
from reminders.outbox.sending.delivery import deliver
from reminders.outbox.sending.unsubscribing import address_of
from tests import factories
from tests.reminders.conftest import at_any_hour, on

from .pages import findings, is_too_wide, sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
WIDTHS = (360, 1280)
PAGES = ("/preferences/", "/notices/")


@pytest.fixture
def reviewer(cast, call):
    """A reviewer with three reviews, who gets digests at any hour."""
    with on(date(2026, 11, 24)):
        for number in range(3):
            factories.submitted(cast, call, title=f"강릉 해양관광 거점 {number}")
    return at_any_hour(cast["motir_reviewer"], digest=True)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_pages_about_mails_fit_and_are_accessible(chromium, axe, live_server, reviewer, language):
    with on(date(2026, 12, 3)) as day:
        write_notices(day)
    unsubscribing = address_of(reviewer, "review").removeprefix("http://localhost:8000")
    page = sign_in(chromium, live_server, reviewer.email, language)
    wrong = []
    for address in (*PAGES, unsubscribing):
        page.goto(live_server.url + address)
        wrong += [(address, *finding) for finding in findings(page, axe)]
        wrong += [(address, width) for width in WIDTHS if is_too_wide(page, width)]

    assert wrong == []


def test_settings_are_saved_by_keyboard(chromium, live_server, reviewer):
    page = sign_in(chromium, live_server, reviewer.email, "ko")
    page.goto(f"{live_server.url}/preferences/")
    page.focus("#id_digest_1")
    page.keyboard.press("ArrowUp")
    page.focus("#id_on_days_off")
    page.keyboard.press("Space")
    page.focus("main form button.primary")
    page.keyboard.press("Enter")

    page.get_by_text("메일 설정을 저장했습니다").wait_for()
    chosen = Preference.objects.get(person=reviewer)
    assert (chosen.digest, chosen.on_days_off) == (False, False)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_digest_fits_and_is_accessible(chromium, axe, mailoutbox, reviewer, language):
    type(reviewer).objects.filter(pk=reviewer.pk).update(language=language)
    with on(date(2026, 12, 3)) as day:
        write_notices(day)
        deliver()
    html = next(mail for mail in mailoutbox if mail.to == [reviewer.email]).alternatives[0][0]

    page = chromium.new_page(viewport={"width": 360, "height": 800})
    page.set_content(html)
    assert findings(page, axe) == []
    assert page.locator("li a").count() == 3
    assert not is_too_wide(page, 360)
