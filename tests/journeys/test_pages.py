"""End to end through pages: from a call to a payment, each step by the person in charge."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

from agreements.models import Agreement
from disbursements.models import Appropriation
from projects.models import Call, Proposal, Review
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


class Person:
    """A person at a browser without JavaScript: reads pages, fills in and sends forms."""

    def __init__(self, user):
        self.client = Client()
        self.client.force_login(user)

    def read(self, address):
        page = self.client.get(address)
        assert page.status_code == 200, (address, page.status_code)
        return page.content.decode()

    def send(self, address, **entered):
        """Send the form of a page with the values it holds already and those that are entered."""
        shown = self.client.get(address)
        form = shown.context["form"] if shown.status_code == 200 else None
        held = {field.html_name: field.value() for field in form} if form else {}
        held = {
            name: value for name, value in held.items() if value is not None and value is not False
        }
        answer = self.client.post(address, held | entered)
        assert answer.status_code == 302, (address, wrong(answer))
        return answer["Location"]

    def press(self, page, move):
        """Press a button of a page: a form without fields of its own."""
        html = self.read(page)
        found = re.search(
            rf'action="([^"]*/moves/{move}/)".*?name="seen" value="(\d+)"', html, re.DOTALL
        )
        assert found, f"no button {move} on {page}"
        answer = self.client.post(found[1], {"seen": found[2]})
        assert answer.status_code == 302, wrong(answer)


def wrong(answer):
    form = answer.context and answer.context.get("form")
    return answer.status_code, form and form.errors.as_text()


def grid(won):
    return {
        f"won_{year}_{source}": f"{amount:,}"
        for year in (2027, 2028, 2029)
        for source, amount in won.items()
    }


@pytest.fixture
def people(cast):
    return {name: Person(user) for name, user in cast.items()}


def test_from_a_call_to_a_payment_through_the_pages(cast, people, time_machine):
    time_machine.move_to("2026-11-24T10:00:00+09:00")
    call = open_a_call(people["coordinator"])
    proposal = write_a_proposal(people["drafter"], call)
    people["approver"].press(f"/proposals/{proposal.pk}/", "submit")

    answer_reviews(people)
    proposal.refresh_from_db()
    assert proposal.state == "reviewed"

    people["coordinator"].send(f"/proposals/{proposal.pk}/moves/select/", lead_ministry="MOTIR")
    people["coordinator"].client.post(f"/proposals/{proposal.pk}/agreement/")
    agreement = Agreement.objects.get()
    sign_the_agreement(people, agreement)
    assert agreement.current().state == "in_force"

    time_machine.move_to("2027-02-01T10:00:00+09:00")
    people = {name: Person(user) for name, user in cast.items()}
    pay_a_tranche(people)
    history = people["auditor"].read(f"/agreements/{agreement.pk}/history/")
    for words in ("사업계획서 작성", "제출", "서명", "교부", "집행 보고"):
        assert words in history
    call_command("verify_history")


def open_a_call(coordinator):
    coordinator.send(
        "/calls/new/",
        title_ko="2027년 공모",
        title_en="Call of 2027",
        opens_on="2026-11-01",
        closes_on="2026-12-31",
        first_fiscal_year="2027",
        national_ceiling="10,000,000,000",
    )
    call = Call.objects.get()
    coordinator.press(f"/calls/{call.pk}/", "open")
    return call


def write_a_proposal(drafter, call):
    page = drafter.send(
        f"/calls/{call.pk}/proposals/new/",
        applicant="gangwon-gangneung",
        title="헬스케어 힐링 융합 비즈니스 생태계",
        purpose="건강과 쉼을 잇는 산업을 키운다.",
    )
    proposal = Proposal.objects.get()
    drafter.send(f"/proposals/{proposal.pk}/parts/partners/", partners=["gangwon"])
    amounts = grid({"national": 1_000_000_000, "provincial": 300_000_000, "municipal": 700_000_000})
    for ministry in ("MOTIR", "MCST"):
        drafter.send(
            f"/proposals/{proposal.pk}/components/new/",
            title=f"{ministry} 내역사업",
            ministry=ministry,
            kind="facility",
            **amounts,
        )
    assert "12,000,000,000" in drafter.read(page)
    return proposal


def answer_reviews(people):
    for review in Review.objects.order_by("pk"):
        who = review.ministry_id.lower()
        people[f"{who}_reviewer"].send(
            f"/reviews/{review.pk}/moves/answer/", answer="accept", reason="필요한 사업이다."
        )
        people[f"{who}_approver"].press(f"/reviews/{review.pk}/", "confirm")


def sign_the_agreement(people, agreement):
    page = f"/agreements/{agreement.pk}/"
    signers = {
        "MOTIR": "motir_approver",
        "MCST": "mcst_approver",
        "gangwon": "province_approver",
        "gangwon-gangneung": "approver",
    }
    people["coordinator"].press(page, "circulate")
    parties = list(agreement.current().parties.order_by("position"))
    assert [party.organisation_id for party in parties] == list(signers)
    for party in parties:
        people[signers[party.organisation_id]].press(page, "consent")
    people["coordinator"].send(
        f"{page}moves/resolve/", resolution="제12차-3", resolved_on="2026-11-24"
    )
    for party in parties:
        people[signers[party.organisation_id]].send(
            f"/parties/{party.pk}/moves/sign/",
            capacity="office",
            office="기획조정실장",
            password=PASSWORD,
            read="on",
        )


def pay_a_tranche(people):
    line = Appropriation.objects.get(
        component__ministry="MOTIR", fiscal_year=2027, source="national"
    )
    people["motir_finance"].send(f"/money/{line.pk}/moves/vote/", won="900,000,000")
    assert "-100,000,000" in people["finance"].read(f"/money/{line.pk}/")

    page = people["finance"].send(
        f"/money/{line.pk}/tranches/new/", won="500,000,000", purpose="1차 공사비"
    )
    people["motir_finance"].send(f"{page}moves/grant/", won="400,000,000")
    people["motir_payer"].send(f"{page}moves/pay/", won="400,000,000")
    people["finance"].send(f"/money/{line.pk}/moves/execute/", won="150,000,000")
    line.balance.refresh_from_db()
    assert (line.balance.paid, line.balance.executed) == (400_000_000, 150_000_000)
    assert line.tranches.get().state == "paid"
