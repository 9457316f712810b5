"""The page with a proposal and its review: submitted content, answer form, unsaved text."""

import pytest
from django.test import Client

from projects.comments import side_by_side
from projects.comments.references import places_in
from projects.models import Component, Jotting, Review
from projects.workflow import PROPOSAL
from tests import factories
from tests.test_lists import queries


@pytest.fixture
def review(cast, call):
    return factories.submitted(cast, call).reviews.get(ministry="MOTIR")


def read(client, who, review, query=""):
    client.force_login(who)
    return client.get(f"/reviews/{review.pk}/read/{query}")


ANSWER = {"answer": "accept", "reason": "타당하다.", "conditions": "", "note_to_others": ""}


def test_page_shows_the_submitted_revision_and_no_later_changes(client, cast, review):
    Component.objects.filter(pk=review.component_id).update(title="나중에 바뀐 제목")

    text = read(client, cast["motir_reviewer"], review).content.decode()

    assert "MOTIR 내역사업" in text
    assert review.revision.digest in text
    blocks = side_by_side.proposal_of(review).blocks
    assert "나중에 바뀐 제목" not in [block.title for block in blocks]


def test_own_component_is_open_and_the_others_are_folded(cast, review):
    blocks = {block.subject: block for block in side_by_side.proposal_of(review).blocks}

    own, others = blocks[f"component-{review.component_id}"], blocks["part-components"]
    cells = [cell for row in own.grid["rows"] for cell in row["cells"]]
    assert [cell.won for cell in cells] == [1_000_000] * 3 + [300_000] * 3 + [700_000] * 3
    assert own.grid["share"] == "50.0"
    assert [inner.title for inner in others.parts] == ["MCST 내역사업"]
    assert all(inner.grid is None for inner in others.parts)


def test_every_place_that_can_be_commented_on_is_on_the_page(client, cast, review):
    shown = side_by_side.proposal_of(review).subjects
    groups = places_in(review.revision.content, review.component_id)

    assert {subject for _label, choices in groups for subject, _words in choices} == set(shown)
    text = read(client, cast["motir_reviewer"], review).content.decode()
    assert [subject for subject in shown if f'id="{subject}"' not in text] == []


def test_answer_is_given_beside_the_proposal(client, cast, review):
    form = read(client, cast["motir_reviewer"], review).context["form"]
    address = f"/reviews/{review.pk}/read/"
    empty = client.post(address, ANSWER | {"reason": ""})
    assert empty.status_code == 422
    stale = client.post(address, ANSWER | {"seen": "0"})
    assert stale.status_code == 409

    sent = client.post(address, ANSWER | {"seen": form["seen"].value()})

    assert sent["Location"] == address
    review.refresh_from_db()
    assert (review.state, review.reason) == ("answered", "타당하다.")


@pytest.mark.parametrize("who", ["motir_approver", "drafter", "mcst_reviewer", "auditor"])
def test_people_whose_turn_it_is_not_read_but_do_not_write(client, cast, review, who):
    page = read(client, cast[who], review)

    assert page.status_code == 200
    assert "answer-form" not in page.content.decode()
    assert client.post(f"/reviews/{review.pk}/read/", ANSWER).status_code == 403
    assert client.post(f"/reviews/{review.pk}/unsaved/", ANSWER).status_code == 403


def test_strangers_find_nothing(client, cast, review):
    for who in ("moe_reviewer", "hongseong_drafter", "nobody"):
        assert read(client, cast[who], review).status_code == 404


def test_answer_of_another_ministry_is_shown_when_it_is_confirmed(client, cast, review):
    factories.answer(cast, review, confirm=False)
    assert "검토하였다." not in read(client, cast["drafter"], review).content.decode()
    assert "검토하였다." in read(client, cast["motir_approver"], review).content.decode()


def test_unsaved_answer_is_kept_and_offered_again_until_it_is_sent(client, cast, review):
    client.force_login(cast["motir_reviewer"])
    cell = "won_2027_national"
    typed = ANSWER | {"answer": "changed", "reason": "쓰다 만", cell: "900,000", "seen": "1"}
    client.post(f"/reviews/{review.pk}/unsaved/", typed)

    form = read(client, cast["motir_reviewer"], review).context["form"]
    assert (form["reason"].value(), form[cell].value()) == ("쓰다 만", "900,000")
    assert form["seen"].value() == str(review.moves_made)
    assert not form.errors
    other = factories.person("other", ("reviewer", cast.motir))
    assert not read(client, other, review).context["form"]["reason"].value()

    client.force_login(cast["motir_reviewer"])
    sent = client.post(f"/reviews/{review.pk}/read/", ANSWER)
    assert sent.status_code == 302
    assert not Jotting.objects.exists()


def test_answer_is_kept_by_a_button_and_thrown_away_by_another(client, cast, review):
    client.force_login(cast["motir_reviewer"])
    address = f"/reviews/{review.pk}"

    kept = client.post(f"{address}/read/", {"reason": "쓰다 만", "keep": "1"})
    assert kept.status_code == 302
    assert Jotting.objects.get().values == {"reason": ["쓰다 만"]}

    client.post(f"{address}/unsaved/", {"discard": "1"})
    assert not Jotting.objects.exists()


def test_unfinished_answer_over_a_colleagues_shows_both(client, cast, review):
    colleague = factories.person("colleague", ("reviewer", cast.motir))
    client.force_login(colleague)
    client.post(f"/reviews/{review.pk}/unsaved/", ANSWER | {"reason": "내 글"})
    factories.answer(cast, review, confirm=False)

    text = read(client, colleague, review).content.decode()

    assert "내 글" in text
    assert "지금 저장된 검토 의견" in text
    assert "검토하였다." in text


def test_answer_too_long_to_be_kept_is_refused(client, cast, review):
    client.force_login(cast["motir_reviewer"])

    sent = client.post(f"/reviews/{review.pk}/unsaved/", {"reason": "x" * 600_000})

    assert sent.status_code == 400


def test_comment_form_opens_for_a_place_and_for_no_other(client, cast, review):
    cell = f"cell-{review.component_id}-2027-national"
    for about, opens in ((cell, True), ("part-risks", True), ("part-nothing", False), ("cell-x", False), ("\x00", False)):  # fmt: skip
        page = read(client, cast["motir_reviewer"], review, f"?about={about}")
        assert bool(page.context["comment_form"]) == opens, about
    assert read(client, cast["auditor"], review, f"?about={cell}").context["comment_form"] is None


def test_page_costs_the_same_with_2_and_with_40_components(cast, call):
    client = Client()
    client.force_login(cast["motir_reviewer"])
    draft = factories.complete_proposal(cast, call, title="큰 것")
    for number in range(38):
        factories.component(cast, draft, cast.mcst, title=f"내역사업 {number}")
    PROPOSAL.perform("submit", draft, actor=cast["approver"])
    small = factories.submitted(cast, call, title="작은 것")

    costs = []
    for proposal in (small, draft):
        review = Review.objects.get(proposal=proposal, ministry="MOTIR")
        for number in range(proposal.components.count() // 2):
            factories.comment(cast, review, f"메모 {number}")
        costs.append(queries(client, f"/reviews/{review.pk}/read/"))

    assert costs[0] == costs[1]
