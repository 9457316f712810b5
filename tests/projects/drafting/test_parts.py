"""Editing the parts of a proposal: two people at once, unsaved text, progress, rows."""

from datetime import date

import pytest
from django.test import Client

from accounts import reference
from accounts.models import Organisation
from foundation.models import Event
from projects.drafting.task_list import Progress, share_done, tasks
from projects.models import Indicator, Jotting, Proposal, Risk, Section
from projects.proposals.forms.proposals import by_province
from tests import factories


@pytest.fixture
def draft(cast, call):
    return factories.complete_proposal(cast, call)


@pytest.fixture
def colleague(cast):
    return factories.person("colleague", ("drafter", cast.gangneung))


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def opened(client, draft, part):
    """The hidden fields of the form, as a browser sends them back unchanged."""
    page = client.get(f"/proposals/{draft.pk}/parts/{part}/")
    assert page.status_code == 200
    form = page.context["form"]
    return {"base": form["base"].value() or "", "key": form["key"].value() or ""}


def send(client, draft, part, **values):
    return client.post(f"/proposals/{draft.pk}/parts/{part}/", values)


def progress_of(draft):
    found = tasks(Proposal.objects.for_page().get(pk=draft.pk))
    return {task.part.name: task.progress for _group, group in found for task in group}


def test_a_section_is_written_and_emptied(cast, draft):
    client = signed_in(cast["drafter"])
    send(
        client, draft, "section-need", **opened(client, draft, "section-need"), text="인구가 준다."
    )
    assert Section.objects.get(proposal=draft, name="need").text == "인구가 준다."

    send(client, draft, "section-need", **opened(client, draft, "section-need"), text="  ")
    assert not Section.objects.exists()


def test_two_drafters_of_one_section_lose_nothing(cast, draft, colleague):
    first, second = signed_in(cast["drafter"]), signed_in(colleague)
    seen_first = opened(first, draft, "section-need")
    seen_second = opened(second, draft, "section-need")
    assert send(first, draft, "section-need", **seen_first, text="바다가 넓다.").status_code == 302

    answer = send(second, draft, "section-need", **seen_second, text="바다가 깊다.")

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "바다가 <ins>넓다</ins>." in page
    assert "바다가 <ins>깊다</ins>." in page
    assert "바다가 깊다.</textarea>" in page
    assert cast["drafter"].name in page
    assert Section.objects.get().text == "바다가 넓다."

    again = {name: answer.context["form"][name].value() for name in ("base", "key")}
    assert send(second, draft, "section-need", **again, text="바다가 넓고 깊다.").status_code == 302
    assert Section.objects.get().text == "바다가 넓고 깊다."


def test_two_drafters_of_two_sections_do_not_conflict(cast, draft, colleague):
    first, second = signed_in(cast["drafter"]), signed_in(colleague)
    seen_first = opened(first, draft, "section-need")
    seen_second = opened(second, draft, "section-goals")

    assert send(first, draft, "section-need", **seen_first, text="가").status_code == 302
    assert send(second, draft, "section-goals", **seen_second, text="나").status_code == 302


def test_two_drafters_of_one_component_lose_nothing(cast, draft, colleague):
    component = draft.components.order_by("pk").first()
    address = f"/components/{component.pk}/"
    first, second = signed_in(cast["drafter"]), signed_in(colleague)
    base = first.get(address).context["form"]["base"].value()
    values = {"base": base, "ministry": "MOTIR", "kind": "facility", "won_2027_national": "5"}
    assert first.post(address, values | {"title": "하나"}).status_code == 302

    answer = second.post(address, values | {"title": "둘", "won_2027_national": "7"})

    assert answer.status_code == 409
    pairs = {label: (theirs, mine) for label, theirs, mine in answer.context["form"].newer}
    assert pairs["제목"] == ("하나", "둘")
    assert pairs["2027, 국비"] == ("5", "7")


def test_what_is_typed_is_kept_for_its_writer_alone(cast, draft, colleague):
    client = signed_in(cast["drafter"])
    seen = opened(client, draft, "section-need")
    place = f"/proposals/{draft.pk}/unsaved/section-need/"
    kept = client.post(place, {**seen, "text": "아직 저장하지"})
    assert kept.status_code == 200

    page = client.get(f"/proposals/{draft.pk}/parts/section-need/").content.decode()
    assert "아직 저장하지</textarea>" in page
    assert "저장하지 않은 내용입니다" in page
    others = signed_in(colleague).get(f"/proposals/{draft.pk}/parts/section-need/").content.decode()
    assert "아직 저장하지" not in others
    assert not Section.objects.exists()
    assert not Event.objects.filter(verb="jot").exists()

    send(client, draft, "section-need", **seen, text="저장했다.")
    assert not Jotting.objects.exists()


def test_unsaved_text_is_shown_beside_newer_text(cast, draft, colleague):
    client, other = signed_in(cast["drafter"]), signed_in(colleague)
    seen = opened(client, draft, "section-need")
    client.post(f"/proposals/{draft.pk}/unsaved/section-need/", {**seen, "text": "내 글"})
    send(other, draft, "section-need", **opened(other, draft, "section-need"), text="남의 글")

    page = client.get(f"/proposals/{draft.pk}/parts/section-need/")

    assert list(page.context["form"].newer) == [("추진 배경과 필요성", "남의 글", "내 글")]
    assert "내 글</textarea>" in page.content.decode()


def test_unsaved_text_is_thrown_away(cast, draft):
    client = signed_in(cast["drafter"])
    place = f"/proposals/{draft.pk}/unsaved/risks/"
    client.post(place, {"risks-0-title": "x"})
    answer = client.post(place, {"discard": "https://elsewhere.example/"})

    assert answer["Location"] == draft.get_absolute_url()
    assert not Jotting.objects.exists()


def test_nobody_else_keeps_text_in_a_proposal(cast, draft):
    for who in ("hongseong_drafter", "motir_reviewer", "approver", "coordinator"):
        answer = signed_in(cast[who]).post(f"/proposals/{draft.pk}/unsaved/risks/", {"a": "b"})
        assert answer.status_code in (403, 404), who
    assert not Jotting.objects.exists()


def test_too_much_text_is_not_kept(cast, draft):
    answer = signed_in(cast["drafter"]).post(
        f"/proposals/{draft.pk}/unsaved/section-need/", {"text": "가" * 400_000}
    )
    assert answer.status_code == 400


def test_control_characters_are_left_out_of_unsaved_text(cast, draft):
    sent = {"text": "가\x00나", "base": "\x00", "na\x00me": "x"}
    answer = signed_in(cast["drafter"]).post(f"/proposals/{draft.pk}/unsaved/section-need/", sent)

    assert answer.status_code == 200
    assert Jotting.objects.get().values == {"text": ["가나"], "name": ["x"]}


def rows_of(table, *rows, initial=0):
    sent = {f"{table}-TOTAL_FORMS": len(rows), f"{table}-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        sent |= {f"{table}-{number}-{name}": value for name, value in row.items()}
    return sent


RISK = {"title": "공사비 상승", "likelihood": "high", "impact": "medium", "measure": "예비비"}


def test_rows_are_added_changed_and_taken_out(cast, draft):
    client = signed_in(cast["drafter"])
    second = RISK | {"title": "인력 부족"}
    send(client, draft, "risks", **rows_of("risks", RISK, second))
    one, two = Risk.objects.order_by("pk")
    assert (one.title, two.title) == ("공사비 상승", "인력 부족")

    changed = RISK | {"id": one.pk, "title": "자재비 상승"}
    gone = second | {"id": two.pk, "DELETE": "on"}
    send(client, draft, "risks", **rows_of("risks", changed, gone, initial=2))

    assert [(risk.pk, risk.title) for risk in Risk.objects.all()] == [(one.pk, "자재비 상승")]


def test_a_row_of_another_proposal_is_not_touched(cast, draft, call):
    other = factories.proposal(cast, call, title="다른 사업")
    foreign = Risk.objects.create(proposal=other, **RISK)
    client = signed_in(cast["drafter"])

    send(client, draft, "risks", **rows_of("risks", RISK | {"id": foreign.pk, "title": "침입"}))

    foreign.refresh_from_db()
    assert (foreign.proposal_id, foreign.title) == (other.pk, "공사비 상승")
    assert Risk.objects.get(proposal=draft).title == "침입"


def test_an_incomplete_row_is_refused_at_its_field_and_kept(cast, draft):
    answer = send(
        signed_in(cast["drafter"]), draft, "risks", **rows_of("risks", RISK | {"measure": ""})
    )
    page = answer.content.decode()

    assert answer.status_code == 422
    assert 'id="id_risks-0-measure_error"' in page
    assert 'value="공사비 상승"' in page
    assert not Risk.objects.exists()


def test_more_rows_keep_what_was_typed_and_write_nothing(cast, draft):
    sent = rows_of("risks", RISK | {"measure": ""})
    answer = send(signed_in(cast["drafter"]), draft, "risks", **sent, more="risks")

    assert answer.status_code == 200
    assert len(answer.context["form"].tables["risks"].forms) == 4
    assert 'value="공사비 상승"' in answer.content.decode()
    assert 'class="wrong"' not in answer.content.decode()
    assert not Risk.objects.exists()


@pytest.mark.parametrize("part", ["risks", "indicators"])
def test_a_row_that_somebody_added_meanwhile_stays_when_both_save(cast, draft, colleague, part):
    first, second = signed_in(cast["drafter"]), signed_in(colleague)
    row = {"risks": RISK, "indicators": {"title": "방문객", "unit": "명", "baseline": "1.5"}}[part]
    seen_first, seen_second = opened(first, draft, part), opened(second, draft, part)
    theirs, mine = row | {"title": "그의 행"}, row | {"title": "나의 행"}
    send(first, draft, part, **seen_first, **rows_of(part, theirs))

    refused = send(second, draft, part, **seen_second, **rows_of(part, mine))
    form = refused.context["form"]
    again = {field.html_name: field.value() or "" for row in form.tables[part] for field in row}
    count = {"risks-TOTAL_FORMS": 2, "indicators-TOTAL_FORMS": 2}
    sent = {**again, **count, f"{part}-INITIAL_FORMS": 0, "base": form["base"].value()}
    taken = send(second, draft, part, **sent)

    assert (refused.status_code, taken.status_code) == (409, 302)
    assert sorted(getattr(draft, part).values_list("title", flat=True)) == ["그의 행", "나의 행"]


def test_indicators_have_a_target_for_each_year(cast, draft):
    client = signed_in(cast["drafter"])
    row = {"title": "방문객", "unit": "천명", "baseline": "120.5", "target_2027": "150"}
    send(client, draft, "indicators", **rows_of("indicators", row | {"target_2028": "200"}))
    indicator = Indicator.objects.get()
    assert indicator.content()["targets"] == {"2027": "150", "2028": "200"}
    assert progress_of(draft)["indicators"] == Progress.IN_PROGRESS

    row |= {"id": indicator.pk, "target_2028": "200", "target_2029": "250.250"}
    send(client, draft, "indicators", **rows_of("indicators", row, initial=1))

    assert Indicator.objects.get().content()["targets"]["2029"] == "250.25"
    assert progress_of(draft)["indicators"] == Progress.COMPLETE


@pytest.mark.parametrize("part", ["indicators", "risks", "other-funding"])
@pytest.mark.parametrize(
    "sent",
    [
        {"{t}-TOTAL_FORMS": "x", "{t}-INITIAL_FORMS": "0"},
        {"{t}-TOTAL_FORMS": "99999", "{t}-INITIAL_FORMS": "0"},
        {"{t}-TOTAL_FORMS": "1", "{t}-INITIAL_FORMS": "0", "{t}-0-title": "x" * 500},
        {"{t}-TOTAL_FORMS": "1", "{t}-INITIAL_FORMS": "0", "{t}-0-title": "\x00"},
        {"{t}-TOTAL_FORMS": "1", "{t}-INITIAL_FORMS": "0", "{t}-0-title": "a", "{t}-0-won": "-1"},
        {"{t}-TOTAL_FORMS": "1", "{t}-INITIAL_FORMS": "0", "{t}-0-title": "a", "{t}-0-baseline": "NaN"},
        {"{t}-TOTAL_FORMS": "1", "{t}-INITIAL_FORMS": "0", "{t}-0-title": "a", "{t}-0-component_id": "1'"},
    ],
)  # fmt: skip
def test_hostile_rows_are_refused(cast, draft, part, sent):
    table = part.replace("-", "_")
    values = {name.format(t=table): value for name, value in sent.items()}

    assert send(signed_in(cast["drafter"]), draft, part, **values).status_code == 422


def test_progress_of_a_new_proposal(cast):
    asks = factories.call(cast, required_sections=["need"])
    draft = factories.proposal(cast, asks)
    progress = progress_of(draft)

    assert progress["basics"] == Progress.COMPLETE
    assert progress["section-need"] == Progress.NOT_BEGUN
    assert progress["components"] == Progress.NOT_BEGUN
    done, needed = share_done(tasks(Proposal.objects.for_page().get(pk=draft.pk)))
    assert (done, needed) == (2, 5)  # basics, partners; section, components and budget are missing


def test_what_breaks_a_rule_needs_a_fix(cast):
    call = factories.call(cast, national_ceiling=5_000_000)
    assert progress_of(factories.complete_proposal(cast, call))["budget"] == Progress.NEEDS_FIX


def test_parts_of_a_submitted_proposal_are_closed(cast, call):
    asked = factories.submitted(cast, call)
    answer = signed_in(cast["drafter"]).get(f"/proposals/{asked.pk}/parts/risks/")
    assert answer.status_code == 302


def test_a_part_is_written_by_drafters_of_the_applicant_only(cast, draft):
    for who, status in (("approver", 403), ("coordinator", 403), ("hongseong_drafter", 404)):
        assert send(signed_in(cast[who]), draft, "section-need", text="x").status_code == status
    assert not Section.objects.exists()
    assert signed_in(cast["drafter"]).get(f"/proposals/{draft.pk}/parts/none/").status_code == 404


def test_what_is_needed_to_submit_is_not_called_optional(cast):
    draft = factories.proposal(cast, factories.call(cast, required_sections=["need"]))
    client = signed_in(cast["drafter"])
    pages = {
        part: client.get(f"/proposals/{draft.pk}/parts/{part}/").content.decode()
        for part in ("basics", "section-need", "section-goals", "indicators")
    }

    needed = {part: "제출 전 필수" in page for part, page in pages.items()}
    assert needed == {
        "basics": True,
        "section-need": True,
        "section-goals": False,
        "indicators": True,
    }
    assert "(선택)" not in pages["section-need"]


def test_ministries_are_sorted_by_name(cast, draft):
    page = signed_in(cast["drafter"]).get(f"/proposals/{draft.pk}/components/new/")

    names = [label for _pk, label in page.context["form"]["ministry"].field.choices][1:]

    assert names == sorted(names)
    assert len(names) > 1


def test_partners_are_grouped_by_province_in_the_order_of_the_official_codes(db):
    reference.load()
    bodies = Organisation.objects.local().alive(date(2026, 11, 25)).with_parents()

    groups = dict(by_province(bodies))

    assert next(iter(groups)) == "서울특별시"
    assert list(groups).index("부산광역시") < list(groups).index("경기도")
    assert [names[0][1] for names in groups.values()] == list(groups)


def test_message_after_saving_names_the_component_and_not_the_act(cast, draft):
    sent = {"title": "새 내역사업", "ministry": "MOE", "kind": "programme"}
    address = f"/proposals/{draft.pk}/components/new/"

    page = signed_in(cast["drafter"]).post(address, sent, follow=True).content.decode()

    assert "저장했습니다: 내역사업" in page
    assert "저장했습니다: 내역사업 추가" not in page
