"""“My work”, calendar and handover in a browser: width, accessibility, menu badge."""

from datetime import timedelta

import pytest

from accounts.models import Feed, Membership
from foundation.time import clock
from projects.models import Review
from projects.workflow import REVIEW
from tests import factories

from ..reminders.work.test_my_work import copies, proposal_with
from .pages import findings, in_turn, sign_in, too_wide

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def addresses(cast, call):
    """Pages with many, few and no items of work, by the person who reads them."""
    proposal_with(cast, call, 4)
    reviews = Review.objects.filter(ministry="MOTIR").order_by("pk")

    def assign(record):
        record.assigned_to = cast["motir_reviewer"]

    for review in reviews[:3]:
        REVIEW.perform("assign", review, actor=cast["motir_approver"], change=assign)
    five_days_ago = clock.today() - timedelta(days=5)
    Review.objects.filter(pk__in=[review.pk for review in reviews[:2]]).update(due_on=five_days_ago)
    copies(cast, 30)
    factories.complete_proposal(cast, call, title="작성 중인 사업계획서")
    factories.person("second", ("reviewer", cast.motir))
    post = Membership.objects.get(user=cast["motir_reviewer"])
    Membership.objects.filter(pk=post.pk).update(until=clock.today() + timedelta(days=3))
    Membership.objects.filter(user=cast["mcst_reviewer"]).update(until=five_days_ago)
    Feed.objects.make(cast["drafter"], instead_of=None)
    handed = f"/handovers/{post.pk}/"
    off = factories.decree(cast).get_absolute_url()
    holiday = [off, f"{off}moves/withdraw/"]
    return {
        "motir_reviewer": ["/", "/?kind=review", "/?kind=review&page=2", "/?late=1", "/?kind=x"],
        "motir_approver": ["/", "/?kind=review", handed, "/handovers/", "/handovers/?posts=all"],
        "mcst_approver": ["/", "/calendar/", "/calendar/make/"],
        "drafter": ["/", "/?kind=draft", "/calendar/", "/calendar/make/", "/calendar/revoke/"],
        "coordinator": ["/", f"/?call={call.pk}", "/holidays/", "/holidays/new/", *holiday],
        "moe_approver": ["/", "/?late=1"],
    }


@pytest.mark.parametrize("language", ["ko", "en"])
def test_pages_fit_and_are_accessible(chromium, axe, live_server, addresses, language):
    wrong = []
    for who, pages in addresses.items():
        page = sign_in(chromium, live_server, f"{who}@example.org", language)
        for address in in_turn(pages, language):
            page.goto(live_server.url + address)
            wrong += [(address, *finding) for finding in findings(page, axe)]
            wrong += [(address, width) for width in too_wide(page)]
        page.context.close()

    assert wrong == []


def test_badge_of_the_menu_is_loaded_after_the_page(chromium, live_server, addresses):
    page = sign_in(chromium, live_server, "motir_reviewer@example.org", "ko")

    page.goto(f"{live_server.url}/reviews/")

    page.locator(".on-wide a .krds-badge").wait_for()
    assert "2건" in page.inner_text(".on-wide a .krds-badge")


def test_new_calendar_address_is_shown_once(chromium, live_server, addresses):
    page = sign_in(chromium, live_server, "mcst_approver@example.org", "ko")
    page.goto(f"{live_server.url}/calendar/make/")

    page.click("main form button.primary")

    address = page.input_value("#address")
    assert page.request.get(address.replace("http://localhost:8000", live_server.url)).ok
    page.goto(f"{live_server.url}/calendar/")
    assert page.locator("#address").count() == 0
