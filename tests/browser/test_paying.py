"""A year's money from a vote that is too low to the settlement: all finance roles, by keyboard."""

import pytest

from disbursements.models import GapResolution, Settlement, Tranche
from tests import factories
from tests.disbursements import acts

from .keyboard import choose, press, write
from .pages import ENGLISH, WIDTHS, findings, is_too_wide
from .test_coordinating import People
from .test_workbook import look

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
SEND = "main form .actions button.primary"
OPEN = {"ko": "부족액 200,000원, 해소 0원, 미해소 200,000", "en": "Missing 200,000 won"}


@pytest.fixture
def line(cast, call):
    factories.in_force(cast, call)
    return acts.line()


def check(page, axe, name):
    assert findings(page, axe) == []
    for width in WIDTHS:
        assert not is_too_wide(page, width), (name, width)
        look(page, name.format(width))


@pytest.mark.parametrize("language", ENGLISH)
def test_year_of_an_appropriation_from_vote_to_settlement(
    chromium, axe, live_server, line, language
):
    people = People(chromium, live_server, language, 1280)

    close_the_gap(people, axe, line)
    pay_a_tranche(people, axe, line)
    spend_and_carry(people, axe, line)
    settle(people, axe, line)

    page = people.at("budget", f"/agreements/{line.agreement_id}/money/2027/")
    assert "250,000" in page.inner_text("main")
    check(page, axe, f"year-{language}-{{}}")
    page = people.at("auditor", f"/agreements/{line.agreement_id}/statement/")
    check(page, axe, f"statement-{language}-{{}}")
    people.go_home()


def close_the_gap(people, axe, line):
    """The ministry votes less; the gap resolution needs a date, and the applicant accepts it."""
    page = people.at("motir_finance", f"/money/{line.pk}/moves/vote/")
    write(page, "#id_won", "800,000")
    press(page, SEND)
    assert OPEN[people.language] in page.inner_text("#gap")
    press(page, f"a[href='/money/{line.pk}/gaps/new/']")
    choose(page, "#id_way", "supplementary")
    write(page, "#id_reason", "추가경정예산에 반영한다.")
    press(page, SEND)
    assert page.locator("#errors a[href='#id_until']").count() == 1
    assert page.input_value("#id_reason") == "추가경정예산에 반영한다."
    check(page, axe, f"gap-refused-{people.language}-{{}}")
    page.fill("#id_until", "2099-06-30")
    press(page, SEND)
    gap = GapResolution.objects.get()
    page = people.at("approver", gap.get_absolute_url())
    check(page, axe, f"gap-{people.language}-{{}}")
    press(page, "form[action$='/moves/accept/'] button")
    gap.refresh_from_db()
    assert gap.state == "accepted"


def pay_a_tranche(people, axe, line):
    """Requested by the county, granted and paid by two officers of the ministry."""
    page = people.at("finance", f"/money/{line.pk}/tranches/new/")
    write(page, "#id_won", "900,000")
    write(page, "#id_purpose", "1차 공사비")
    press(page, SEND)
    assert page.input_value("#id_won") == "900,000"
    check(page, axe, f"request-refused-{people.language}-{{}}")
    write(page, "#id_won", "500,000")
    press(page, SEND)
    tranche = Tranche.objects.get()
    for who, move in (("motir_finance", "grant"), ("motir_payer", "pay")):
        page = people.at(who, f"/tranches/{tranche.pk}/moves/{move}/")
        write(page, "#id_evidence", "공문 제1호")
        press(page, SEND)
    tranche.refresh_from_db()
    assert (tranche.state, tranche.paid) == ("paid", 500_000)
    check(page, axe, f"tranche-{people.language}-{{}}")


def spend_and_carry(people, axe, line):
    page = people.at("finance", f"/money/{line.pk}/moves/execute/")
    write(page, "#id_won", "250,000")
    press(page, SEND)
    press(page, f"a[href='/money/{line.pk}/carry-overs/new/']")
    choose(page, "#id_kind", "accident")
    choose(page, "#id_account", "treasury")
    write(page, "#id_won", "200,000")
    write(page, "#id_reason", "보상 협의가 늦어졌다.")
    press(page, SEND)
    carry = line.carry_overs.get()
    page = people.at("motir_finance", f"{carry.get_absolute_url()}moves/approve/")
    press(page, SEND)
    check(page, axe, f"carry-over-{people.language}-{{}}")
    assert acts.totals(line, "executed", "carried_out", "in_treasury") == (250_000, 200_000, 50_000)


def settle(people, axe, line):
    """The remaining amount, which nobody types, and its interest are returned."""
    page = people.at("finance", f"/money/{line.pk}/settlements/new/")
    write(page, "#id_interest", "1,234")
    write(page, "#id_evidence", "정산보고서")
    press(page, SEND)
    settlement = Settlement.objects.get()
    for move in ("accept", "receive"):
        page = people.at("motir_finance", f"{settlement.get_absolute_url()}moves/{move}/")
        press(page, SEND)
    settlement.refresh_from_db()
    assert (settlement.state, settlement.to_return) == ("settled", 51_234)
    check(page, axe, f"settlement-{people.language}-{{}}")
