"""Signing here (who, capacity, proof), with another tool, and on paper."""

from datetime import date
from functools import cache
from io import BytesIO

import pytest
from django.core.cache import cache as tries
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import SimpleSigner

from agreements.keys import signing_keys as keys
from agreements.models import Delegation, SigningKey
from agreements.pdf_signatures import certificates as seals
from agreements.pdf_signatures.reading import read
from agreements.pdf_signatures.signing import signed
from agreements.signing import signed_documents
from agreements.signing.forms.delegations import DelegationForm
from agreements.signing.forms.signatures import ElsewhereForm, SignForm
from agreements.workflow import AGREEMENT, DELEGATION, PAPER, PARTY
from foundation.engine.workflow import NotNow
from foundation.models import Event
from foundation.printing.typeset import pdf
from foundation.time import clock
from tests import certificates, factories
from tests.factories.accounts import PASSWORD


@pytest.fixture(autouse=True)
def nobody_tried_before():
    tries.clear()


@pytest.fixture
def party(cast, call):
    """The province, asked to sign."""
    return factories.signing(cast, call).parties.get(organisation="gangwon")


def sign_form(cast, party, who="province_approver", **entered):
    values = {
        "digest": party.version.digest,
        "capacity": "office",
        "office": "도지사",
        "read": "on",
        "password": PASSWORD,
    }
    actor = cast[who] if isinstance(who, str) else who
    return SignForm(values | entered, record=party, move=PARTY["sign"], actor=actor)


def reading(version):
    return read(signed_documents.content_of(signed_documents.newest(version)), keys.anchors())


def test_signature_holds_with_the_certificate_of_the_party(cast, party):
    form = sign_form(cast, party)
    assert form.is_valid(), form.errors

    form.perform(PARTY)

    [found] = reading(party.version)["signatures"]
    assert (found["field"], found["certificate"]["organisation"]) == (party.field, "gangwon")
    assert found["intact"]
    assert found["valid"]
    assert found["trusted"]
    assert found["whole"]
    pdf = PdfFileReader(
        BytesIO(signed_documents.content_of(signed_documents.newest(party.version)))
    )
    assert pdf.embedded_signatures[0].docmdp_level is not None
    signature = party.signatures.get()
    assert signature.fingerprint == found["certificate"]["fingerprint"]
    assert signature.deed == signed_documents.newest(party.version)
    assert (signature.signatory, signature.office) == ("province_approver", "도지사")


def test_wrong_password_signs_nothing_and_says_so(cast, party):
    form = sign_form(cast, party, password="another one")

    assert list(form.errors) == ["password"]
    assert form.data["office"] == "도지사"
    assert signed_documents.newest(party.version).number == 0


def test_after_five_wrong_passwords_the_right_one_has_to_wait(cast, party):
    for _try in range(5):
        assert not sign_form(cast, party, password="wrong").is_valid()

    assert "password" in sign_form(cast, party).errors


def test_password_leaves_no_trace(cast, party):
    digests = []
    for _round in range(2):
        form = sign_form(cast, party)
        assert form.is_valid()
        digests.append(form.cleaned_data["password"])

    assert digests == ["", ""]


def test_delegate_signs_in_the_office_and_on_the_authority_of_the_delegation(cast, party):
    vice = factories.second_approver(cast)
    row = factories.delegation(cast, person=vice)
    form = sign_form(cast, party, vice, capacity=str(row.pk), office="")
    assert form.is_valid(), form.errors

    form.perform(PARTY)

    signature = party.signatures.get()
    assert (signature.office, signature.authority) == (row.office, row.authority)
    assert signature.delegation == row


@pytest.mark.parametrize(
    ("since", "until"),
    [(date(2020, 1, 1), date(2020, 12, 31)), (date(2098, 1, 1), date(2099, 1, 1))],
)
def test_delegation_outside_its_days_is_refused(cast, party, since, until):
    vice = factories.second_approver(cast)
    row = factories.delegation(cast, person=vice, since=since, until=until)

    assert "capacity" in sign_form(cast, party, vice, capacity=str(row.pk)).errors


def test_delegation_that_ends_between_opening_and_sending_is_refused(cast, party):
    vice = factories.second_approver(cast)
    row = factories.delegation(cast, person=vice)
    form = sign_form(cast, party, vice, capacity=str(row.pk))
    assert form.is_valid()
    DELEGATION.perform("revoke", row, actor=cast["province_approver"], note="인사 발령")

    with pytest.raises(NotNow, match="철회"):
        form.perform(PARTY)

    assert signed_documents.newest(party.version).number == 0
    assert not party.signatures.exists()


def test_nobody_delegates_to_themselves(cast, party):
    row = Delegation(organisation=cast.gangwon)
    form = DelegationForm(
        {
            "person": cast["province_approver"].pk,
            "office": "부지사",
            "authority": "규정",
            "since": "2026-01-01",
            "until": "2099-01-01",
        },
        record=row,
        move=DELEGATION["grant"],
        actor=cast["province_approver"],
    )

    assert "person" in form.errors
    with pytest.raises(IntegrityError, match="delegation_four_eyes"), transaction.atomic():
        Delegation.objects.create(
            organisation=cast.gangwon,
            person=cast["drafter"],
            granted_by=cast["drafter"],
            until=date(2099, 1, 1),
        )


def test_without_a_certificate_nothing_is_signed_and_the_reason_is_shown(cast, party):
    SigningKey.objects.filter(organisation="gangwon").update(retired_at=clock.now())
    form = sign_form(cast, party)
    assert form.is_valid()

    with pytest.raises(NotNow, match="인증서"):
        form.perform(PARTY)

    party.refresh_from_db()
    assert party.state == "invited"


def test_coordination_body_signs_last_where_the_call_says_so(cast):
    call = factories.call(cast, coordinator_signs_last=True)
    factories.SIGNERS["PCDBD"] = "second_coordinator"
    version = factories.signing(cast, call)
    last = version.parties.get(role="coordination")

    with pytest.raises(NotNow, match="마지막"):
        factories.sign(cast, last)
    for party in version.parties.exclude(pk=last.pk).order_by("pk"):
        factories.sign(cast, party)
    factories.sign(cast, last)

    version.refresh_from_db()
    assert version.state == "in_force"


# Elsewhere


def own_tool(party, organisation, *, of=certificates.TRUSTED, field=None, base=None):
    """The newest document as another tool would sign it."""
    key, certificate = certificates.certificate(organisation, of=of)
    signer = SimpleSigner.load_pkcs12_data(
        seals.packed(key, certificate, [], b"x"), other_certs=[], passphrase=b"x"
    )
    return signed(
        base or signed_documents.content_of(signed_documents.newest(party.version)),
        field=field or party.field,
        signer=signer,
        stamp=stamp(),
        at=clock.now(),
    )


@cache
def stamp():
    words = dict.fromkeys(("head", "name", "office", "authority", "at", "certificate"), "x")
    return pdf("agreements/typst/stamp.typ", words, language="ko", standards=["a-3b"], tags=False)


def upload(cast, party, content):
    return ElsewhereForm(
        {
            "digest": party.version.digest,
            "signatory": "김진태",
            "office": "도지사",
            "authority": "직위",
        },
        files={"file": SimpleUploadedFile("signed.pdf", content)},
        record=party,
        move=PARTY["sign_elsewhere"],
        actor=cast["province_approver"],
    )


def test_document_signed_elsewhere_is_taken_and_the_next_party_signs_on(cast, party):
    content = own_tool(party, cast.gangwon)
    form = upload(cast, party, content)
    assert form.is_valid(), form.errors

    form.perform(PARTY)

    assert signed_documents.content_of(signed_documents.newest(party.version)) == content
    assert party.signatures.get().kind == "elsewhere"
    factories.sign(cast, party.version.parties.get(organisation="MCST"))
    assert all(each["trusted"] and each["intact"] for each in reading(party.version)["signatures"])


def page_changed(pdf):
    """A later update that changes a page, as an editor would save it."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Rotate"] = generic.NumberObject(90)
    writer.update_container(page)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("forged", "words"),
    [
        (lambda party, cast, pdf: pdf, "서명이 없는"),
        (lambda party, cast, pdf: b"%PDF-1.7 nothing", "협약서가 아니거나"),
        (lambda party, cast, pdf: page_changed(pdf), "새 서명이 0개"),
        (lambda party, cast, pdf: page_changed(own_tool(party, cast.gangwon)), "서명 외에"),
        (
            lambda party, cast, pdf: own_tool(party, cast.gangwon, base=page_changed(pdf)),
            "서명 외에",
        ),
        (lambda party, cast, pdf: own_tool(party, cast.motir), "인증서는"),
        (lambda party, cast, pdf: own_tool(party, cast.gangwon, of=certificates.STRANGE), "신뢰"),
        (
            lambda party, cast, pdf: own_tool(
                party,
                cast.gangwon,
                field=party.version.parties.get(organisation="MOTIR").field,
            ),
            "다른 당사자의 서명란",
        ),
        (
            lambda party, cast, pdf: own_tool(party, cast.gangwon).replace(b"/Sig", b"/Sog"),
            "협약서가 아니거나",
        ),
    ],
)
def test_document_changed_otherwise_is_refused_with_its_reason(cast, party, forged, words):
    pdf = signed_documents.content_of(signed_documents.newest(party.version))

    form = upload(cast, party, forged(party, cast, pdf))

    assert words in form.errors["file"][0]
    assert party.version.deeds.count() == 1


def test_an_earlier_state_of_the_document_is_refused(cast, party):
    content = own_tool(party, cast.gangwon)
    factories.sign(cast, party.version.parties.get(organisation="MOTIR"))

    assert "이전 상태" in upload(cast, party, content).errors["file"][0]


def test_first_of_two_signatures_wins_and_the_other_is_refused(cast, party):
    form = upload(cast, party, own_tool(party, cast.gangwon))
    assert form.is_valid()
    factories.sign(cast, party.version.parties.get(organisation="MOTIR"))

    with pytest.raises(NotNow, match="최신"):
        form.perform(PARTY)

    assert party.version.deeds.count() == 2


# On paper


def test_paper_counts_only_when_another_person_has_confirmed_it(cast, party):
    row = factories.paper(cast, party.version, party=party)
    party.refresh_from_db()
    assert party.state == "invited"
    with pytest.raises(PermissionDenied):
        PAPER.perform("confirm", row, actor=cast["province_approver"])

    PAPER.perform("confirm", row, actor=cast["coordinator"])

    party.refresh_from_db()
    signature = party.signatures.get()
    assert (party.state, signature.kind, signature.deed) == ("signed", "paper", None)


def test_paper_four_eyes_hold_in_the_database_too(cast, party):
    row = factories.paper(cast, party.version, party=party)

    with pytest.raises(IntegrityError, match="paper_four_eyes"), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(
            state="confirmed", confirmed_by=cast["province_approver"]
        )


def test_one_scan_of_a_party_waits_at_a_time(cast, party):
    factories.paper(cast, party.version, party=party)

    with pytest.raises(IntegrityError, match="paper_one_waits"), transaction.atomic():
        factories.paper(cast, party.version, party=party)


def test_print_of_an_earlier_edition_counts_no_more(cast, party):
    row = factories.paper(cast, party.version, party=party)
    factories.corrected(cast, party.version)

    with pytest.raises(NotNow, match="정정"):
        PAPER.perform("confirm", row, actor=cast["coordinator"])


def test_recall_voids_every_signature_and_the_next_text_has_a_document_of_its_own(cast, call):
    version = factories.signing(cast, call)
    factories.sign(cast, version.parties.get(organisation="MOTIR"))

    version = AGREEMENT.perform("recall", version, actor=cast["coordinator"], note="금액 변경")
    version = AGREEMENT.perform("circulate", version, actor=cast["coordinator"])
    for party in version.parties.order_by("pk"):
        PARTY.perform("consent", party, actor=factories.signer(cast, party))

    version.refresh_from_db()
    assert (signed_documents.newest(version).edition, signed_documents.newest(version).number) == (
        2,
        0,
    )
    assert not any(party.current_signature() for party in version.parties.all())


def test_signature_goes_into_the_history_with_its_certificate(cast, party):
    factories.sign(cast, party)

    event = Event.objects.of(party).get(verb="sign")
    [signature] = event.data["signatures"]
    assert signature[4:] == ["platform", party.signatures.get().fingerprint]
