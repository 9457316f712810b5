"""Coordination in a browser: amounts are proposed, objected to, proposed again and accepted."""

import pytest

from projects.models import Condition, Proposal, Round
from tests import factories

from .pages import NARROW, WIDE, findings, is_too_wide, sign_in
from .test_workbook import look

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def proposal(cast, call):
    """Reviewed: one ministry accepts on a condition, the other as asked for."""
    row = factories.submitted(cast, call)
    first, second = row.reviews.order_by("pk")
    factories.answer(cast, first, "conditions")
    factories.answer(cast, second)
    row.refresh_from_db()
    return row


class People:
    """People with a browser context each, on the same server and in the same language."""

    def __init__(self, chromium, live_server, language, width):
        self.chromium, self.server = chromium, live_server
        self.language, self.width, self.pages = language, width, {}

    def at(self, who, address):
        if who not in self.pages:
            page = sign_in(self.chromium, self.server, f"{who}@example.org", self.language)
            page.set_viewport_size({"width": self.width, "height": 900})
            self.pages[who] = page
        self.pages[who].goto(self.server.url + address)
        return self.pages[who]

    def go_home(self):
        for page in self.pages.values():
            page.context.close()


def send(page):
    with page.expect_navigation():
        page.click("main form .actions button.primary")


def propose(people, proposal, won):
    """Propose ``won`` for national funds of the first component and year, the rest unchanged."""
    page = people.at("coordinator", f"/proposals/{proposal.pk}/rounds/new/")
    component = proposal.components.order_by("pk").first().pk
    page.fill("#id_explanation", "재원 여건에 맞추어 조정한다.")
    page.fill(f"[name=c-{component}-2027-national]", won)
    send(page)
    return page


def take(people, round, who, organisation, move, reason=""):
    position = round.positions.get(organisation=organisation)
    page = people.at(who, f"/positions/{position.pk}/moves/{move}/")
    if reason:
        page.fill("#id_note", reason)
    send(page)
    return page


@pytest.mark.parametrize(("language", "width"), WIDE)
def test_rounds_until_nobody_objects(chromium, axe, live_server, cast, proposal, language, width):
    people = People(chromium, live_server, language, width)

    propose(people, proposal, "100")
    first = Round.objects.get()
    take(people, first, "motir_approver", "MOTIR", "object", "1차 연도 공사비가 모자란다.")
    take(people, first, "mcst_approver", "MCST", "accept")
    page = take(people, first, "approver", "gangwon-gangneung", "accept")
    first.refresh_from_db()
    assert first.state == "objected"
    assert "1차 연도 공사비가 모자란다." in page.inner_text("main")
    assert not is_too_wide(page, width)

    propose(people, proposal, "900,000")
    second = Round.objects.get(number=2)
    for who, body in (("motir_approver", "MOTIR"), ("mcst_approver", "MCST")):
        take(people, second, who, body, "accept")
    take(people, second, "approver", "gangwon-gangneung", "accept")
    page = people.at("coordinator", f"/proposals/{proposal.pk}/coordination/")
    look(page, f"coordination-{language}-{width}")
    assert Proposal.objects.get(pk=proposal.pk).coordinated == second
    assert "900,000" in page.inner_text("main")
    assert findings(page, axe) == []
    assert not is_too_wide(page, width)
    people.go_home()


@pytest.mark.parametrize(("language", "width"), NARROW)
def test_selected_applicant_reads_the_letter_and_meets_the_condition(
    chromium, axe, live_server, cast, proposal, language, width
):
    people = People(chromium, live_server, language, width)

    page = people.at("coordinator", f"/proposals/{proposal.pk}/moves/select/")
    send(page)
    letter = proposal.letters.get()
    page = people.at("drafter", f"/letters/{letter.pk}/")
    look(page, f"letter-{language}-{width}")
    assert findings(page, axe) == []
    assert not is_too_wide(page, width)

    condition = Condition.objects.get()
    page = people.at("drafter", f"/conditions/{condition.pk}/moves/fulfil/")
    send(page)
    assert page.locator("#errors, .wrong").count()  # an empty answer is refused at its place
    page.fill("#id_answer", "토지 매입을 마쳤다.")
    send(page)
    page = people.at("motir_reviewer", f"/conditions/{condition.pk}/")
    look(page, f"condition-{language}-{width}")
    page.click("main form button.primary")
    page.wait_for_load_state()
    condition.refresh_from_db()
    assert condition.state == "met"
    people.go_home()
