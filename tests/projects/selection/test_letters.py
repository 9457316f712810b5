"""Decision letters: written with the decision, frozen, numbered, read in two languages."""

import io
from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from pypdf import PdfReader

from foundation.engine.history import digest_of
from foundation.models import Event
from projects.models import Call, Letter, Proposal
from projects.workflow import PROPOSAL
from reminders.models import Notice
from tests import factories
from tests.together import at_once

from ..proposals.test_returning import MISSING, give_back
from ..proposals.test_submission import reserve


def fresh(proposal):
    return Proposal.objects.get(pk=proposal.pk)


def select(cast, proposal):
    return PROPOSAL.perform("select", proposal, actor=cast["coordinator"], lead_ministry=cast.motir)


@pytest.fixture
def letter(cast, call, time_machine):
    time_machine.move_to("2026-11-24T09:00:00+09:00")
    select(cast, factories.conditioned(cast, call))
    return Letter.objects.get()


def signed_in(person, language="ko"):
    client = Client()
    client.force_login(person)
    client.cookies["django_language"] = language
    return client


def text_of(answer):
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(page.extract_text().replace("\u200b", "") for page in pages)


# --- written with the decision ---


def kinds():
    return list(Letter.objects.order_by("pk").values_list("kind", flat=True))


def test_every_decision_that_concerns_the_applicant_is_a_letter(client, cast, call):
    chosen = factories.selected(cast, call)
    PROPOSAL.perform(
        "change_lead", chosen, actor=cast["coordinator"], note="협의", lead_ministry=cast.mcst
    )
    kept = reserve(cast, factories.reviewed(cast, call, title="예비"))
    PROPOSAL.perform(
        "promote", kept, actor=cast["coordinator"], note="추가 선정", lead_ministry=cast.motir
    )
    give_back(client, cast, factories.reviewed(cast, call, title="반려"), *MISSING)
    lost = factories.reviewed(cast, call, title="미선정")
    PROPOSAL.perform("reject", lost, actor=cast["coordinator"], note="예산 부족")
    outside = factories.screened(cast, call, title="추천 제외")
    PROPOSAL.perform("pass_by", outside, actor=cast["province_approver"], note="중복")

    assert kinds() == [
        "selected",
        "lead_changed",
        "reserve",
        "selected",
        "returned",
        "not_selected",
        "not_recommended",
    ]
    assert list(Letter.objects.order_by("pk").values_list("number", flat=True)) == [*range(1, 8)]


def test_letter_holds_what_was_decided_by_whom_and_why(cast, letter):
    content = letter.data

    assert content["on"] == "2026-11-24"
    assert content["recipient"] == {
        "id": "gangwon-gangneung",
        "ko": "강원특별자치도 강릉시",
        "en": "Gangwon Gangneung-si",
    }
    assert content["decided_by"]["organisation"]["ko"] == "지방시대위원회"
    assert content["lead_ministry"]["id"] == "MOTIR"
    first = content["components"][0]
    assert (first["answer"], sum(won for _y, _s, won in first["supported"])) == (
        "conditions",
        6_000_000,
    )
    assert first["conditions"][0]["text"] == "국비 지원 전에 부지를 확보할 것"
    assert letter.digest == digest_of(content)


def test_letter_is_an_event_of_its_proposal(letter):
    event = Event.objects.of(letter).get()

    assert (event.tree, event.verb) == (letter.proposal.reference, "write")
    assert event.data["digest"] == letter.digest


def test_lead_change_names_both_ministries(cast, call):
    chosen = factories.selected(cast, call)

    PROPOSAL.perform(
        "change_lead", chosen, actor=cast["coordinator"], note="협의", lead_ministry=cast.mcst
    )

    content = Letter.objects.latest("pk").data
    assert (content["lead_before"]["id"], content["lead_ministry"]["id"]) == ("MOTIR", "MCST")


def test_numbers_restart_with_each_year_and_call(cast, call, letter, time_machine):
    other = factories.call(cast, title_ko="다른 공모")
    factories.selected(cast, other, title="다른 공모의 사업")
    time_machine.move_to("2027-01-04T09:00:00+09:00")
    factories.selected(cast, call, title="이듬해")

    rows = Letter.objects.order_by("pk").values_list("call", "year", "number")
    assert list(rows) == [(call.pk, 2026, 1), (other.pk, 2026, 1), (call.pk, 2027, 1)]


def test_letter_keeps_the_names_of_its_day(cast, letter):
    cast.gangneung.spells.update(name_ko="새강릉시")

    page = signed_in(cast["drafter"]).get(letter.get_absolute_url()).content.decode()

    assert "강릉시" in page
    assert "새강릉시" not in page


def test_refused_decision_writes_no_letter(client, cast, call):
    proposal = factories.reviewed(cast, call)
    client.force_login(cast["coordinator"])

    client.post(f"/proposals/{proposal.pk}/moves/reject/", {"note": ""})

    assert not Letter.objects.exists()


def test_letter_is_never_changed_and_its_number_is_its_own(letter):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Letter.objects.update(digest="0" * 64)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Letter.objects.all().delete()
    for name, values in (
        ("letter_number_once_in_a_year", {}),
        ("letter_number_is_possible", {"number": 0}),
        ("letter_has_a_digest", {"number": 9, "digest": "x"}),
    ):
        twin = Letter.objects.get()
        twin.pk = None
        for field, value in values.items():
            setattr(twin, field, value)
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            twin.save()


@pytest.mark.django_db(transaction=True)
def test_letters_written_at_once_share_no_number(cast, call):
    proposals = [factories.reviewed(cast, call, title=f"사업 {n}") for n in range(4)]

    reject = partial(PROPOSAL.perform, "reject", actor=cast["coordinator"], note="사유")

    at_once(*(partial(reject, proposal) for proposal in proposals))

    assert sorted(Letter.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


# --- read ---


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ko", ["제2026-1호", "선정 결과 통지(선정)", "강원특별자치도 강릉시", "조건부 수용",
                "12,000,000", "부지를 확보할 것", "지방시대위원회", "2099. 12. 31."]),
        ("en", ["No. 2026-1", "Result of the selection: selected", "Gangwon Gangneung-si",
                "Accept on conditions", "12,000,000", "Presidential Committee", "Dec. 31, 2099"]),
    ],
)  # fmt: skip
def test_page_and_pdf_say_the_same_in_the_readers_language(cast, letter, language, words):
    client = signed_in(cast["drafter"], language)
    address = letter.get_absolute_url()

    page = client.get(address).content.decode()
    paper = text_of(client.get(f"{address}letter.pdf"))

    for each in words:
        assert each in page, each
        assert each.replace(" ", "") in "".join(paper.split()), each
    assert letter.digest in page


def test_pdf_in_the_requested_language(cast, letter):
    client = signed_in(cast["drafter"], "ko")

    assert "No. 2026-1" in text_of(client.get(f"{letter.get_absolute_url()}letter.pdf?language=en"))
    odd = client.get(f"{letter.get_absolute_url()}letter.pdf?language=xx")
    assert "제2026-1호" in text_of(odd)


def test_typst_markup_in_texts_is_printed_as_text(cast, call):
    proposal = factories.reviewed(cast, call, title='#panic("x") $1/0$ <b>\\')
    PROPOSAL.perform("reject", proposal, actor=cast["coordinator"], note="#pagebreak() 이유")
    letter = Letter.objects.get()

    answer = signed_in(cast["drafter"]).get(f"{letter.get_absolute_url()}letter.pdf")

    assert '#panic("x")' in text_of(answer)


def test_returned_letter_lists_what_is_missing(client, cast, call):
    give_back(client, cast, factories.reviewed(cast, call), *MISSING)
    letter = Letter.objects.get()

    client = signed_in(cast["drafter"])
    page = client.get(letter.get_absolute_url()).content.decode()
    paper = text_of(client.get(f"{letter.get_absolute_url()}letter.pdf"))

    for text in (page, paper):
        assert "통계의 출처를 밝혀 주십시오." in text
        assert "2028년 지방비가 없습니다." in text


def test_letter_is_read_by_who_is_concerned(client, cast, letter):
    seen = {}
    for who in ("drafter", "province_approver", "mcst_reviewer", "auditor", "moe_reviewer"):
        client.force_login(cast[who])
        pdf = client.get(f"{letter.get_absolute_url()}letter.pdf").status_code
        seen[who] = (client.get(letter.get_absolute_url()).status_code, pdf)

    assert seen == {
        "drafter": (200, 200),
        "province_approver": (200, 200),
        "mcst_reviewer": (200, 200),
        "auditor": (200, 200),
        "moe_reviewer": (404, 404),
    }


def test_letter_is_on_the_page_of_its_proposal_and_in_the_api(client, cast, letter):
    client.force_login(cast["drafter"])

    assert (
        letter.get_absolute_url() in client.get(letter.proposal.get_absolute_url()).content.decode()
    )
    listed = client.get("/api/v1/letters/").json()["results"][0]
    assert (listed["digest"], listed["content"]) == (letter.digest, letter.data)
    assert client.get(listed["pdf"]).status_code == 200


# --- mailed ---


def test_people_of_the_applicant_are_notified_once_in_their_language(cast, call):
    factories.person("english", ("drafter", cast.gangneung), language="en")
    proposal = factories.reviewed(cast, call)

    PROPOSAL.perform("reject", proposal, actor=cast["coordinator"], note="예산 부족")

    notices = {row.person.name: row for row in Notice.objects.select_related("person")}
    assert set(notices) == {"drafter", "approver", "english"}
    assert notices["drafter"].headline == f"결정 통지서: {Letter.objects.get()}"
    assert "예산 부족" in notices["drafter"].body
    assert "has not been selected" in notices["english"].body
    assert "has not been selected" in notices["english"].html
    assert notices["drafter"].link == Letter.objects.get().get_absolute_url()


def test_mail_of_a_return_lists_what_is_missing(client, cast, call):
    give_back(client, cast, factories.reviewed(cast, call), *MISSING)

    for text in (Notice.objects.first().body, Notice.objects.first().html):
        assert "통계의 출처를 밝혀 주십시오." in text


def test_call_keeps_its_letters(letter):
    assert Call.objects.get(pk=letter.call_id).letters.count() == 1
    assert fresh(letter.proposal).state == "selected"
