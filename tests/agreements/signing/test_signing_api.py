"""Documents, paper, delegations and corrections for programs, and what the page says to people."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from agreements.models import Delegation
from agreements.signing import signed_documents
from tests import factories
from tests.factories.accounts import PASSWORD


@pytest.fixture(autouse=True)
def nobody_tried_before():
    cache.clear()


def program(user):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {Token.objects.create(user=user).key}")
    return client


def test_program_reads_documents_and_signs_with_the_password(cast, call):
    version = factories.signing(cast, call)
    party = version.parties.get(organisation="gangwon")
    client = program(cast["province_approver"])
    sent = {"digest": version.digest, "capacity": "office", "office": "도지사", "read": True}

    refused = client.post(f"/api/v1/parties/{party.pk}/moves/sign/", sent, format="json")
    signed = client.post(
        f"/api/v1/parties/{party.pk}/moves/sign/", sent | {"password": PASSWORD}, format="json"
    )

    assert refused.json() == {"password": ["이 필드는 필수 항목입니다."]}
    assert signed.json()["signatures"][0]["kind"] == "platform"
    rows = client.get("/api/v1/deeds/").json()["results"]
    assert [row["number"] for row in rows] == [1, 0]
    file = client.get(f"/api/v1/deeds/{rows[0]['id']}/pdf/")
    assert file.content == signed_documents.content_of(signed_documents.newest(version))
    assert "pkcs12" not in str(rows)


def test_program_enters_a_scan_and_another_one_confirms_it(cast, call):
    version = factories.signing(cast, call)
    party = version.parties.get(organisation="gangwon")
    sent = {
        "party": party.pk,
        "signatory": "김진태",
        "office": "도지사",
        "authority": "직위",
        "document_number": "기획-1",
        "signed_on": "2026-11-20",
        "same": "on",
        "file": SimpleUploadedFile("scan.png", factories.PNG),
    }

    entered = program(cast["province_approver"]).post("/api/v1/papers/enter/", sent)
    assert entered.status_code == 201, entered.json()
    address = f"/api/v1/papers/{entered.json()['id']}/moves/confirm/"
    done = program(cast["coordinator"]).post(address, {}, format="json")

    assert done.json()["state"] == "confirmed"
    party.refresh_from_db()
    assert party.state == "signed"


def test_program_uploads_no_document_that_is_not_the_newest(cast, call):
    version = factories.signing(cast, call)
    party = version.parties.get(organisation="gangwon")
    sent = {"digest": version.digest, "signatory": "x", "office": "x", "authority": "x"}

    answer = program(cast["province_approver"]).post(
        f"/api/v1/parties/{party.pk}/elsewhere/",
        sent | {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")},
    )

    assert answer.status_code == 400
    assert "file" in answer.json()


def test_program_delegates_and_revokes(cast, call):
    vice = factories.second_approver(cast)
    client = program(cast["province_approver"])
    sent = {
        "organisation": "gangwon",
        "person": vice.pk,
        "office": "부지사",
        "authority": "규정 제7조",
        "since": "2026-01-01",
        "until": "2099-12-31",
    }

    made = client.post("/api/v1/delegations/", sent, format="json").json()
    address = f"/api/v1/delegations/{made['id']}/moves/revoke/"
    client.post(address, {"note": "인사 발령"}, format="json")

    assert Delegation.objects.get().state == "revoked"
    foreign = program(cast["motir_approver"]).post("/api/v1/delegations/", sent, format="json")
    assert foreign.status_code in (400, 403)


def test_program_proposes_a_correction_of_one_text(cast, call):
    version = factories.frozen(cast, call)
    sent = {"agreement": version.agreement_id, "reason": "오기", "heading_ko_1": "목적 등"}

    made = program(cast["coordinator"]).post("/api/v1/corrections/", sent, format="json")

    assert made.status_code == 201, made.json()
    [row] = made.json()["articles"]
    assert (row["number"], row["before"][0], row["after"][0]) == (1, "목적", "목적 등")


def page_of(user, version):
    client = Client()
    client.force_login(user)
    return client.get(version.get_absolute_url()).content.decode()


def test_page_says_who_may_sign_and_a_new_mayor_is_named_at_once(cast, call):
    version = factories.signing(cast, call)
    assert "서명할 수 있는 사람: approver" in page_of(cast["drafter"], version)

    cast["approver"].memberships.update(until="2026-01-01")
    factories.person("new_mayor", ("approver", cast.gangneung))

    page = page_of(cast["drafter"], version)
    assert "서명할 수 있는 사람: new_mayor" in page
    assert "20근무일 남음" in page


def test_every_party_sees_how_many_have_signed(cast, call):
    version = factories.signing(cast, call)
    factories.sign(cast, version.parties.get(organisation="MOTIR"))

    for who in ("drafter", "province_approver", "mcst_reviewer"):
        assert "4곳 중 1곳 서명" in page_of(cast[who], version)
