"""End to end through the API: from a call to a payment, each person with their own token."""

import pytest
from django.core.management import call_command
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

YEARS = (2027, 2028, 2029)
CALL = {
    "title_ko": "2027년 공모",
    "title_en": "Call of 2027",
    "opens_on": "2026-11-01",
    "closes_on": "2026-12-31",
    "first_fiscal_year": 2027,
    "least_years": 3,
    "most_years": 5,
    "least_ministries": 2,
    "national_ceiling": 10_000_000_000,
    "review_days": 10,
    "consent_days": 10,
    "signing_days": 20,
    "material_percent": 30,
    "material_years": 1,
    "tranches_a_year": 4,
    "executed_percent": 80,
    "settlement_months": 2,
}


class Program:
    """A program that acts for one person."""

    def __init__(self, user):
        self.client = APIClient()
        self.client.credentials(HTTP_AUTHORIZATION=f"Token {Token.objects.create(user=user).key}")

    def get(self, address):
        answer = self.client.get(f"/api/v1/{address}")
        assert answer.status_code == 200, (address, answer.content)
        return answer.json()

    def post(self, address, status=200, key="", **data):
        return self.send(self.client.post, address, status, key, data)

    def put(self, address, status=200, **data):
        return self.send(self.client.put, address, status, "", data)

    def send(self, method, address, status, key, data):
        headers = {"Idempotency-Key": key} if key else {}
        answer = method(f"/api/v1/{address}", data, format="json", headers=headers)
        assert answer.status_code == status, (address, answer.content.decode())
        return answer.json()


@pytest.fixture
def programs(cast):
    return {name: Program(user) for name, user in cast.items()}


def test_from_a_call_to_a_payment_through_the_api(programs, time_machine):
    time_machine.move_to("2026-11-24T10:00:00+09:00")
    call = open_a_call(programs["coordinator"])
    proposal = write_a_proposal(programs["drafter"], call)
    programs["approver"].post(f"proposals/{proposal}/moves/submit/", seen=4)
    answer_reviews(programs, proposal)
    assert programs["drafter"].get(f"proposals/{proposal}/")["state"] == "reviewed"

    programs["coordinator"].post(f"proposals/{proposal}/moves/select/", lead_ministry="MOTIR")
    agreement = programs["coordinator"].post("agreements/", 201, proposal=proposal)["id"]
    sign_the_agreement(programs, agreement)

    time_machine.move_to("2027-02-01T10:00:00+09:00")
    pay_a_tranche(programs, agreement)
    history = programs["auditor"].get(f"agreements/{agreement}/history/")
    assert [history[0]["verb"], history[-1]["verb"]] == ["begin", "execute"]
    call_command("verify_history")


def open_a_call(coordinator):
    call = coordinator.post("calls/", 201, **CALL)
    return coordinator.post(f"calls/{call['id']}/moves/open/")["id"]


def write_a_proposal(drafter, call):
    proposal = drafter.post(
        "proposals/",
        201,
        call=call,
        applicant="gangwon-gangneung",
        title="헬스케어 힐링 융합 비즈니스 생태계",
        purpose="건강과 쉼을 잇는 산업을 키운다.",
        first_year=2027,
        last_year=2029,
    )["id"]
    lines = [
        {"fiscal_year": year, "source": source, "won": won}
        for year in YEARS
        for source, won in (("national", 1_000_000_000), ("municipal", 1_000_000_000))
    ]
    for ministry in ("MOTIR", "MCST"):
        drafter.post(
            f"proposals/{proposal}/components/",
            201,
            title=ministry,
            ministry=ministry,
            kind="programme",
            lines=lines,
        )
    drafter.post(f"proposals/{proposal}/parts/partners/", partners=["gangwon"])
    return proposal


def answer_reviews(programs, proposal):
    for review in programs["coordinator"].get(f"proposals/{proposal}/")["reviews"]:
        who, address = review["ministry"].lower(), f"reviews/{review['id']}"
        answer = {"answer": "accept", "reason": "필요한 사업이다."}
        programs[f"{who}_reviewer"].post(f"{address}/moves/answer/", **answer)
        assert programs["drafter"].get(f"{address}/")["answer"] is None
        assert programs[f"{who}_approver"].get(f"{address}/")["moves"] == [
            "assign",
            "declare",
            "send_back",
            "confirm",
        ]
        programs[f"{who}_approver"].post(f"{address}/moves/confirm/")
        assert programs["drafter"].get(f"{address}/")["answer"] == "accept"


def sign_the_agreement(programs, agreement):
    signers = {
        "MOTIR": "motir_approver",
        "MCST": "mcst_approver",
        "gangwon": "province_approver",
        "gangwon-gangneung": "approver",
    }
    coordinator = programs["coordinator"]
    coordinator.post(f"agreements/{agreement}/moves/circulate/")
    parties = coordinator.get(f"agreements/{agreement}/")["parties"]
    for party in parties:
        programs[signers[party["organisation"]]].post(f"parties/{party['id']}/moves/consent/")
    resolution = {"resolution": "제12차-3", "resolved_on": "2026-11-24"}
    coordinator.post(f"agreements/{agreement}/moves/resolve/", **resolution)
    digest = coordinator.get(f"agreements/{agreement}/")["digest"]
    for party in parties:
        programs[signers[party["organisation"]]].post(
            f"parties/{party['id']}/moves/sign/",
            digest=digest,
            capacity="office",
            office="실장",
            password=PASSWORD,
            read=True,
        )
    assert coordinator.get(f"agreements/{agreement}/")["state"] == "in_force"


def pay_a_tranche(programs, agreement):
    found = programs["motir_finance"].get(
        f"appropriations/?agreement={agreement}&fiscal_year=2027&source=national"
    )["results"]
    line = next(row["id"] for row in found if row["payer"] == "MOTIR")
    today = {"as_of": "2027-02-01"}
    vote = {"won": 900_000_000, "evidence": "예산서"} | today
    programs["motir_finance"].post(f"appropriations/{line}/moves/vote/", key="vote-1", **vote)
    again = programs["motir_finance"].post(
        f"appropriations/{line}/moves/vote/", key="vote-1", **vote
    )
    assert again["balance"]["voted"] == 900_000_000
    assert again["balance"]["gap"] == -100_000_000

    asked = {"appropriation": line, "won": 500_000_000, "purpose": "1차"}
    tranche = programs["finance"].post("tranches/", 201, key="ask-1", **asked)["id"]
    assert programs["finance"].post("tranches/", 201, key="ask-1", **asked)["id"] == tranche
    grant = {"won": 400_000_000} | today
    programs["motir_finance"].post(f"tranches/{tranche}/moves/grant/", key="g", **grant)
    programs["motir_finance"].post(f"tranches/{tranche}/moves/pay/", 403, key="p", **grant)
    paid = programs["motir_payer"].post(f"tranches/{tranche}/moves/pay/", key="p", **grant)
    assert paid["state"] == "paid"
    executed = programs["finance"].post(
        f"appropriations/{line}/moves/execute/", key="e", won=150_000_000, **today
    )
    assert executed["balance"]["executed"] == 150_000_000


@pytest.mark.parametrize(
    ("who", "address", "data", "status"),
    [
        ("hongseong_drafter", "proposals/{p}/moves/submit/", {}, 404),
        ("drafter", "proposals/{p}/moves/submit/", {}, 403),
        ("approver", "proposals/{p}/moves/explode/", {}, 404),
        ("approver", "proposals/{p}/moves/submit/", {"seen": 0}, 409),
        ("approver", "proposals/{p}/moves/submit/", {"seen": "x"}, 400),
        ("approver", "proposals/{p}/moves/withdraw/", {}, 400),
        ("drafter", "proposals/{p}/components/", {"lines": "x"}, 400),
        ("drafter", "proposals/{p}/components/", {"lines": [1]}, 400),
        ("drafter", "proposals/{p}/components/", {"title": "t", "ministry": "MOTIR", "kind": "land", "lines": [{"fiscal_year": 2027, "source": "national", "won": 1.5}]}, 400),
        ("drafter", "proposals/{p}/components/", {"title": "t", "ministry": "MOTIR", "kind": "land", "lines": [{"fiscal_year": 2027, "source": "national", "won": -1}]}, 400),
        ("drafter", "proposals/{p}/components/", {"title": "t", "ministry": "MOTIR", "kind": "land", "lines": [{}]}, 400),
        ("drafter", "proposals/", {"call": "x"}, 404),
        ("drafter", "proposals/", {"call": 1, "applicant": "a\x00b"}, 404),
        ("drafter", "proposals/", {"call": {"a": 1}, "applicant": None}, 404),
        ("motir_reviewer", "proposals/", {"call": 1}, 404),
        ("coordinator", "agreements/", {"proposal": "9" * 40}, 404),
        ("coordinator", "agreements/", {"proposal": "{p}"}, 409),
        ("coordinator", "calls/", {}, 400),
        ("coordinator", "calls/", CALL | {"least_ministries": 99999}, 400),
        ("coordinator", "calls/", CALL | {"review_days": 9999}, 400),
        ("coordinator", "calls/", CALL | {"first_fiscal_year": 1}, 400),
        ("coordinator", "calls/", CALL | {"national_ceiling": 10**30}, 400),
        ("coordinator", "calls/", CALL | {"title_ko": "x" * 201}, 400),
        ("coordinator", "calls/", CALL | {"opens_on": "2026-02-30"}, 400),
        ("coordinator", "calls/", CALL | {"title_en": "a\x00b"}, 400),
        ("coordinator", "calls/", CALL, 201),
        ("drafter", "proposals/{p}/moves/revise/", {"title": "t", "first_year": 10**9, "last_year": 2029}, 400),
        ("drafter", "proposals/{p}/moves/revise/", {"title": "t", "first_year": 2027, "last_year": 2029, "seen": 10**40}, 409),
        ("drafter", "proposals/{p}/moves/begin/", {"title": "t", "first_year": 2027, "last_year": 2029}, 409),
        ("drafter", "calls/", {}, 403),
    ],
)  # fmt: skip
def test_bad_requests_get_a_clear_answer(cast, call, programs, who, address, data, status):
    from tests import factories  # noqa: PLC0415 -- the test above needs no factory

    proposal = factories.complete_proposal(cast, call)
    data = {k: str(proposal.pk) if v == "{p}" else v for k, v in data.items()}

    programs[who].post(address.format(p=proposal.pk), status, **data)


def test_body_that_is_no_object_is_refused(cast, programs):
    client = programs["drafter"].client
    for body in ("[1]", '"x"', "1", "{", "null", "\x00"):
        answer = client.post("/api/v1/proposals/", body, content_type="application/json")
        assert answer.status_code in (400, 404), (body, answer.status_code)


def test_body_that_is_too_large_is_refused(programs):
    answer = programs["drafter"].client.post(
        "/api/v1/proposals/",
        '{"title": "' + "x" * 3_000_000 + '"}',
        content_type="application/json",
    )

    assert answer.status_code == 400


def test_stranger_without_a_token_is_refused(client, db):
    assert client.get("/api/v1/proposals/").status_code == 401


def test_schema_describes_the_resources(programs):
    answer = programs["auditor"].client.get("/api/schema/?format=json")

    paths = answer.json()["paths"]
    assert "/api/v1/proposals/{id}/moves/{move}/" in paths
    assert "/api/v1/tranches/" in paths
