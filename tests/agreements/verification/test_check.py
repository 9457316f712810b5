"""The check page: genuine documents are valid; for a forged one it shows what is wrong."""

import io
import zlib

import pypdf
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from agreements.keys import signing_keys as keys
from agreements.models import Deed
from agreements.pdf_signatures.reading import read
from agreements.pdf_signatures.sandbox import read_in_sandbox
from agreements.signing import signed_documents
from agreements.verification import check_against_record
from agreements.verification.check_report import report_of
from agreements.versions import document
from agreements.workflow import AGREEMENT
from foundation.printing.typeset import pdf as typeset
from tests import factories


@pytest.fixture(autouse=True)
def nobody_tried_before():
    cache.clear()


@pytest.fixture
def version(cast, call):
    return factories.signed(cast, call)


def newest(version):
    return signed_documents.content_of(signed_documents.newest(version))


def report(content):
    return check_against_record.compare(report_of(read(content, keys.anchors())), content)


def sent(content):
    file = SimpleUploadedFile("a.pdf", content)
    return Client().post("/check/", {"file": file})


def test_signed_document_holds_with_every_signature(version):
    found = report(newest(version))

    assert found.holds
    assert [each.organisation for each in found.signatures] == [
        "MOTIR",
        "MCST",
        "gangwon",
        "gangwon-gangneung",
    ]
    assert found.unsigned == []
    assert found.record["code"] == "in_force"
    assert found.digest == version.digest


def test_page_answers_anybody_and_keeps_nothing(version):
    answer = sent(newest(version))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "협약서와 모든 서명이 유효합니다" in page
    assert version.digest in page
    assert Deed.objects.count() == version.deeds.count()


def test_one_changed_byte_is_found_and_the_signatures_it_breaks_are_named(version):
    first, second = (
        signed_documents.content_of(version.deeds.get(number=number)) for number in (1, 2)
    )
    content = bytearray(newest(version))
    content[len(first) + (len(second) - len(first)) // 2] ^= 1  # in what the second one added

    found = report(bytes(content))

    assert found.wrong
    assert "바이트" in found.faults[0]


def test_byte_changed_in_the_text_breaks_all_signatures(version):
    content = newest(version)
    place = content.index(b"/MediaBox[0 0 595")
    forged = content[: place + 14] + b"6" + content[place + 15 :]

    found = report(forged)

    assert [each.holds for each in found.signatures] == [False] * 4
    assert all("서명 후에 바뀌었습니다" in each.faults[0] for each in found.signatures)


def forged(version, change):
    """A document of a changed text that looks like the agreement, signed by nobody."""
    text = version.text()
    change(text)
    version.text = lambda: text
    version.digest = "0" * 64
    return typeset(
        document.TEMPLATE,
        document.agreement_document(version),
        language="ko",
        standards=document.STANDARDS,
        embedded=document.embedded(version),
    )


def other_article(text):
    text["articles"][2][2] = "국비는 지급하지 아니한다."


def other_amount(text):
    text["schedule"][0]["lines"][0][2] += 1


def other_party(text):
    text["parties"].pop()


def other_title(text):
    text["title"] = "다른 사업"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (other_article, "제3조가 기록과 다릅니다"),
        (other_amount, "“MOTIR 내역사업”, 2027년"),
        (other_party, "당사자"),
        (other_title, "제목"),
    ],
)
def test_page_says_which_article_or_amount_differs(version, change, words):
    content = forged(version, change)

    found = report(content)
    page = sent(content).content.decode()

    assert [words in fault for fault in found.faults] == [True]
    assert words in page


def test_content_of_the_record_is_not_shown_for_an_unknown_text(cast, call):
    version = factories.signing(cast, call)

    page = sent(forged(version, other_article)).content.decode()

    assert "이러한 내용의 협약이 없습니다" in page
    assert "제3조" not in page


def test_document_of_another_authority_is_not_trusted(version):
    found = report_of(read(newest(version), []))

    assert [each.holds for each in found.signatures] == [False] * 4


def test_voided_edition_says_so(cast, call):
    version = factories.signing(cast, call)
    factories.sign(cast, version.parties.get(organisation="MOTIR"))
    content = newest(version)
    version = AGREEMENT.perform("recall", version, actor=cast["coordinator"], note="x")
    factories.agreed(cast, version)

    found = report(content)

    assert any("효력이 없는" in fault for fault in found.faults)


def test_document_with_fewer_signatures_says_whose_are_missing(cast, call):
    version = factories.signing(cast, call)
    factories.sign(cast, version.parties.get(organisation="MOTIR"))

    found = report(newest(version))

    assert found.holds
    assert found.unsigned == ["문화체육관광부", "강원특별자치도", "강릉시"]


def test_signature_on_paper_is_shown_from_the_record(cast, call):
    version = factories.in_force(cast, call)

    found = report(newest(version))

    assert found.holds
    assert len(found.on_paper) == 4
    assert found.unsigned == []


def bomb():
    """A PDF whose cross-reference table decompresses to 300 MB."""
    packed = zlib.compress(b"\0" * 300_000_000, 9)
    head = b"%PDF-1.7\n"
    table = (
        b"1 0 obj\n<</Type/XRef/W[1 2 1]/Size 9999999/Root 2 0 R/Filter/FlateDecode/Length "
        + str(len(packed)).encode()
        + b">>\nstream\n"
    )
    return head + table + packed + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"


def endless():
    """A PDF whose cross-reference table names itself as the previous one."""
    return (
        b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Root 1 0 R/Prev 9>>\n"
        b"startxref\n9\n%%EOF\n"
    )


def encrypted(version):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(newest(version)))
    writer.encrypt("secret")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "PDF 파일이 아닙니다"),
        (b"PK\x03\x04 a zip", "PDF 파일이 아닙니다"),
        (b"%PDF-1.7 and no more", "손상되어"),
        (b"%PDF-1.7\n" + b"[" * 100_000 + b"\nstartxref\n9\n%%EOF", "손상되어"),
        (endless(), "손상되어"),
        (bomb(), ""),
    ],
    ids=["empty", "zip", "cut", "nested", "endless", "bomb"],
)
def test_hostile_files_get_a_clear_answer(db, content, words):
    answer = sent(content)

    page = answer.content.decode()
    assert answer.status_code in (200, 422)
    assert words in page
    assert "이 파일은 확인할 수 없습니다" in page or answer.status_code == 422


def test_encrypted_file_is_reported_as_encrypted(version):
    assert "암호" in sent(encrypted(version)).content.decode()


def test_file_that_needs_too_much_memory_is_reported():
    flaw = read_in_sandbox(bomb(), [])["flaw"]

    assert flaw in ("damaged", "too_much")


def test_foreign_pdf_is_no_agreement(db):
    writer, made = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(made)

    assert "이 소프트웨어가 만든" in sent(made.getvalue()).content.decode()


def test_too_many_checks_have_to_wait(db):
    client = Client()

    answers = [client.post("/check/", {"number": "x"}).status_code for _try in range(22)]

    assert answers[-1] == 429


def test_only_agreements_in_force_are_found_by_number(cast, call, version):
    other = factories.signing(cast, call, title="서명 중")

    found = Client().post("/check/", {"number": version.agreement.number}).content.decode()
    hidden = Client().post("/check/", {"number": other.agreement.number}).content.decode()

    assert version.digest in found
    assert "강릉시" in found
    assert other.digest not in hidden
    assert "서명 중" not in hidden


def test_command_checks_offline_and_against_the_record(version, tmp_path, capsys):
    file = tmp_path / "a.pdf"
    file.write_bytes(newest(version))

    call_command("verify_agreement", str(file))
    call_command("verify_agreement", str(file), "--offline", "--language", "en")

    output = capsys.readouterr().out
    assert output.count(version.digest) == 2
    assert "[holds] Gangneung-si" in output

    file.write_bytes(newest(version).replace(b"/MediaBox[0 0 595", b"/MediaBox[0 0 695"))
    with pytest.raises(SystemExit) as ended:
        call_command("verify_agreement", str(file), "--offline")
    assert ended.value.code == 1


def test_program_checks_without_a_token(version):
    file = SimpleUploadedFile("a.pdf", newest(version))

    answer = Client().post("/api/v1/check/", {"file": file})

    assert answer.status_code == 200
    assert answer.json()["holds"] is True
