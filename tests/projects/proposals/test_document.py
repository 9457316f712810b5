import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from pypdf import PdfReader

from foundation.printing import typeset
from projects.models import Attachment, Indicator, OtherFunding, Proposal, Risk, Section, Target
from projects.proposals.document import proposal_document
from projects.workflow import PROPOSAL
from tests import factories


def fill(cast, proposal):
    """Create every part that a proposal can have, without the workflow."""
    Section.objects.create(
        proposal=proposal, name="need", text="인구가 줄고 있다.\n\n청년이 떠난다."
    )
    component = proposal.components.order_by("pk").first()
    indicator = Indicator.objects.create(
        proposal=proposal, component=component, title="방문객", unit="명", baseline="1234.500", method="조사"
    )  # fmt: skip
    for year in proposal.years:
        Target.objects.create(indicator=indicator, year=year, value=year * 10)
    Risk.objects.create(
        proposal=proposal, title="공사비 상승", likelihood="high", impact="low", measure="예비비"
    )
    OtherFunding.objects.create(
        proposal=proposal, title="도시재생", ministry=cast.moe, first_year=2024, last_year=2026,
        won=1_500_000_000, difference="대상지가 다르다.",
    )  # fmt: skip
    Attachment.objects.create(
        proposal=proposal, kind="council", name="의견서.pdf", file="x", media_type="application/pdf",
        size=2048, sha256="ab" * 32, added_by=cast["drafter"], added_at=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def full(cast, call):
    proposal = factories.complete_proposal(cast, call)
    fill(cast, proposal)
    return proposal


def submitted(cast, proposal):
    return PROPOSAL.perform("submit", proposal, actor=cast["approver"])


def fresh(proposal):
    return Proposal.objects.for_page().get(pk=proposal.pk)


def signed_in(person, language="ko"):
    client = Client()
    client.force_login(person)
    client.cookies["django_language"] = language
    return client


def pdf_of(client, proposal, query=""):
    answer = client.get(f"/proposals/{proposal.pk}/proposal.pdf{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return [page.extract_text().replace("\u200b", "") for page in pages]


def titles(document):
    return [part["title"] for part in document["parts"]]


ALL = ["헬스케어 힐링 융합 비즈니스 생태계", "강릉시", "강원특별자치도", "인구가 줄고 있다.", "청년이 떠난다.", "산업통상부", "문화체육관광부",
       "12,000,000", "6,000,000", "1,400,000", "방문객", "1,234.5", "20,270", "공사비 상승", "예비비", "도시재생", "1,500,000,000",
       "대상지가 다르다.", "의견서.pdf", "ab" * 32]  # fmt: skip


def test_pdf_holds_every_part(cast, full):
    text = "\n".join(pdf_of(signed_in(cast["drafter"]), full))

    assert [words for words in ALL if words not in text] == []


def test_page_to_print_holds_every_part(cast, full):
    page = signed_in(cast["drafter"]).get(f"/proposals/{full.pk}/print/").content.decode()

    assert [words for words in ALL if words not in page] == []
    assert "<script" not in page
    assert " style=" not in page


def test_reader_chooses_the_language(cast, full):
    korean = "\n".join(pdf_of(signed_in(cast["drafter"]), full))
    english = "\n".join(pdf_of(signed_in(cast["drafter"], "en"), full))

    assert "연차별 예산" in korean
    assert "Yearly budget" in english
    assert "Ministry of Trade, Industry and Resources" in english
    assert "연차별" not in english


def test_draft_is_marked_as_draft_on_every_page(cast, full):
    for page in pdf_of(signed_in(cast["drafter"]), full):
        assert "작성 중 ·" in page


def test_number_and_digest_of_the_revision_are_on_every_page(cast, full):
    proposal = submitted(cast, full)
    revision = proposal.revisions.get()
    pages = pdf_of(signed_in(cast["motir_reviewer"]), proposal)

    assert all(f"제출본 1 · {revision.digest[:8]}" in page for page in pages)
    assert revision.digest in pages[0]


def test_old_revision_is_printed_as_it_was(cast, full):
    proposal = submitted(cast, full)
    proposal = PROPOSAL.perform("return", proposal, actor=cast["coordinator"], note="보완")

    def retitle(record):
        record.title = "고친 제목"

    PROPOSAL.perform("revise", proposal, actor=cast["drafter"], change=retitle)
    drafter = signed_in(cast["drafter"])

    assert "고친 제목" in pdf_of(drafter, proposal)[0]
    assert "고친 제목" not in pdf_of(drafter, proposal, "?revision=1")[0]
    assert (
        "고친 제목"
        not in drafter.get(f"/proposals/{proposal.pk}/print/?revision=1").content.decode()
    )
    assert (
        "고친 제목" in drafter.get(f"/proposals/{proposal.pk}/print/?revision=now").content.decode()
    )


@pytest.mark.parametrize("number", ["2", "0", "-1", "x", "\0", "1" * 50, "１"])
def test_revision_that_is_not_there_is_not_found(cast, full, number):
    proposal = submitted(cast, full)
    drafter = signed_in(cast["drafter"])

    for address in ("print/", "proposal.pdf"):
        found = drafter.get(f"/proposals/{proposal.pk}/{address}", {"revision": number})
        assert found.status_code == 404


def test_revision_older_than_the_parts_is_printed(cast, full):
    proposal = submitted(cast, full)
    revision = proposal.revisions.get()
    old = (
        "call",
        "applicant",
        "partners",
        "title",
        "purpose",
        "years",
        "lead_ministry",
        "components",
    )
    revision.content = {name: revision.content[name] for name in old}
    for component in revision.content["components"]:
        for name in ("kind", "goals", "access"):
            del component[name]

    document = proposal_document(fresh(proposal), revision)

    assert titles(document) == ["사업 목적", "내역사업", "연차별 예산"]
    assert typeset.pdf("foundation/typst/document.typ", document, language="ko")


def test_revision_keeps_the_names_of_organisations_of_its_day(cast, full):
    proposal = submitted(cast, full)
    today = timezone.localdate()
    spell = cast.motir.spells.get()
    spell.valid_to = today
    spell.save()
    cast.motir.spells.create(
        name_ko="산업부", name_en="Industry", valid_from=today + timedelta(days=1)
    )
    revision = proposal.revisions.get()

    document = proposal_document(fresh(proposal), revision)

    assert "산업통상부" in str(document)
    assert "산업부" not in str(document).replace("산업통상부", "")


def test_sums_are_those_of_the_budget(cast, full):
    document = proposal_document(fresh(full))
    (money,) = [part for part in document["parts"] if part["title"] == "연차별 예산"]
    by_source = money["pieces"][0]["rows"]

    assert [row["cells"] for row in by_source] == [
        ["국비", "2,000,000", "2,000,000", "2,000,000", "6,000,000"],
        ["시·도비", "600,000", "600,000", "600,000", "1,800,000"],
        ["시·군·구비", "1,400,000", "1,400,000", "1,400,000", "4,200,000"],
        ["합계", "4,000,000", "4,000,000", "4,000,000", "12,000,000"],
    ]


def test_empty_draft_is_printed(cast, call):
    proposal = factories.proposal(cast, call)

    assert len(pdf_of(signed_in(cast["drafter"]), proposal)) == 2
    assert titles(proposal_document(fresh(proposal))) == ["사업 목적"]


READERS = {"drafter", "approver", "finance", "province_approver", "coordinator", "second_coordinator", "budget", "auditor"}  # fmt: skip


def test_only_who_sees_the_proposal_prints_it(cast, full):
    printed = {"print/": set(), "proposal.pdf": set()}

    for name, person in cast.items():
        for address, who in printed.items():
            status = signed_in(person).get(f"/proposals/{full.pk}/{address}").status_code
            assert status in (200, 404)
            who |= {name} if status == 200 else set()

    assert printed == {"print/": READERS, "proposal.pdf": READERS}


@pytest.mark.parametrize(("fault", "words"), [(typeset.TooLong, "너무 길어"), (typeset.NotTypeset, "만들지 못했습니다")])  # fmt: skip
def test_failed_pdf_redirects_to_the_page_for_printing(
    cast, full, monkeypatch, fault, words, settings
):
    proposal = submitted(cast, full)
    if fault is typeset.TooLong:
        monkeypatch.setattr(typeset, "MOST_CHARACTERS", 10)
    else:
        settings.FONTS = settings.BASE_DIR / "nowhere"

    answer = signed_in(cast["drafter"]).get(f"/proposals/{proposal.pk}/proposal.pdf", follow=True)

    assert answer.redirect_chain == [(f"/proposals/{proposal.pk}/print/?revision=1", 302)]
    assert words in answer.content.decode()


def test_printing_costs_the_same_with_2_and_with_40_components(cast, full):
    drafter = signed_in(cast["drafter"])

    def cost():
        with CaptureQueriesContext(connection) as captured:
            pdf_of(drafter, full)
        return len(captured)

    with_two = cost()
    for number in range(38):
        factories.component(cast, full, cast.motir, title=f"내역사업 {number}")

    assert cost() == with_two == 22


def test_file_is_named_by_the_title(cast, full):
    answer = signed_in(cast["drafter"], "en").get(f"/proposals/{full.pk}/proposal.pdf")

    assert answer["Content-Disposition"].startswith("inline; filename*=utf-8''%ED%97%AC")
    assert answer["Cache-Control"] == "private, no-store"
    with translation.override("en"):
        assert titles(proposal_document(fresh(full)))[0] == "Purpose"
