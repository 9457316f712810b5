"""Comments of a ministry on a proposal: only the ministry reads them, only writers edit them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from foundation.engine.history import first_broken
from foundation.engine.workflow import NotNow, readable
from foundation.models import Event
from projects.models import Comment, Conflict
from projects.workflow import COMMENT, PROPOSAL
from tests import factories


@pytest.fixture
def review(cast, call):
    return factories.submitted(cast, call).reviews.get(ministry="MOTIR")


@pytest.fixture
def comment(cast, review):
    return factories.comment(cast, review)


def write(client, review, **sent):
    good = {"about": "part-section-need", "text": "수요 추정의 근거가 없다."}
    return client.post(f"/reviews/{review.pk}/comments/new/", good | sent)


def test_comment_is_written_read_and_resolved_through_the_pages(client, cast, review):
    client.force_login(cast["motir_reviewer"])
    sent = write(client, review)
    comment = Comment.objects.get()
    assert sent["Location"] == f"/reviews/{review.pk}/read/#comment-{comment.pk}"
    assert "수요 추정의 근거" in client.get(f"/reviews/{review.pk}/read/").content.decode()

    client.force_login(cast["motir_approver"])
    client.post(f"/comments/{comment.pk}/moves/resolve/")
    client.post(f"/comments/{comment.pk}/moves/reopen/")
    client.post(f"/comments/{comment.pk}/moves/resolve/")

    comment.refresh_from_db()
    assert (comment.state, comment.written_by) == ("resolved", cast["motir_reviewer"])


def test_comment_is_shown_at_its_cell(client, cast, review):
    client.force_login(cast["motir_reviewer"])
    cell = f"cell-{review.component_id}-2027-national"

    write(client, review, about=cell)

    page = client.get(f"/reviews/{review.pk}/read/").content.decode()
    assert f'<a href="#{cell}"' in page
    assert f'id="note-{cell}"' in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"about": ""},
        {"about": "part-nothing"},
        {"about": "cell-1-2099-national"},
        {"about": "component-999999\x00"},
        {"text": " \n"},
        {"text": "가" * 4001},
    ],
)
def test_wrong_comment_is_refused_at_its_place_and_nothing_typed_is_lost(
    client, cast, review, wrong
):
    client.force_login(cast["motir_reviewer"])

    sent = write(client, review, **wrong)

    page = sent.content.decode()
    assert sent.status_code == 422
    assert ("수요 추정의 근거" in page) == ("text" not in wrong)
    assert not Comment.objects.exists()


def test_comment_on_a_component_of_another_proposal_is_refused(client, cast, call, review):
    other = factories.complete_proposal(cast, call, title="다른 것").components.first()
    client.force_login(cast["motir_reviewer"])

    assert write(client, review, about=f"component-{other.pk}").status_code == 422


def test_only_the_ministry_writes(cast, review):
    for who in ("motir_finance", "mcst_reviewer", "drafter", "coordinator", "auditor"):
        with pytest.raises(PermissionDenied):
            COMMENT.perform(
                "write",
                Comment(proposal=review.proposal, review=review, about="part-basics", text="?"),
                actor=cast[who],
            )


def test_person_with_a_declared_interest_writes_no_comment(client, cast, review):
    Conflict.objects.create(review=review, person=cast["motir_reviewer"])
    client.force_login(cast["motir_reviewer"])

    assert write(client, review).status_code == 403
    assert "data-note" not in client.get(f"/reviews/{review.pk}/read/").content.decode()


def test_only_its_writer_edits_and_withdraws(cast, comment):
    for move in ("edit", "withdraw"):
        with pytest.raises(PermissionDenied, match="본인만"):
            COMMENT.perform(move, comment, actor=cast["motir_approver"])

    edited = factories.setting(text="단가가 낮다.")
    COMMENT.perform("edit", comment, actor=cast["motir_reviewer"], change=edited)
    COMMENT.perform("withdraw", comment, actor=cast["motir_reviewer"])

    comment.refresh_from_db()
    assert comment.state == "withdrawn"


def test_page_offers_only_moves_that_are_possible(client, cast, comment):
    offered = {}
    for who in ("motir_reviewer", "motir_approver", "motir_finance", "auditor"):
        offered[who] = [move.name for move in COMMENT.open_to(cast[who], comment)]

    assert offered == {
        "motir_reviewer": ["edit", "resolve", "withdraw"],
        "motir_approver": ["resolve"],
        "motir_finance": [],
        "auditor": [],
    }
    for who, moves in offered.items():
        rows = {
            name
            for name in COMMENT.moves
            if COMMENT.open_rows(name, cast[who], Comment.objects.all())
        }
        assert rows == set(moves)


def test_resolved_comment_is_not_edited(cast, comment):
    COMMENT.perform("resolve", comment, actor=cast["motir_approver"])

    for move in ("edit", "withdraw", "resolve"):
        with pytest.raises(NotNow):
            COMMENT.perform(move, comment, actor=cast["motir_reviewer"])


def test_nobody_else_reads_a_comment_or_hears_of_it(client, cast, comment):
    events = Event.objects.of(comment)
    reads = {}
    for who in ("motir_finance", "auditor", "drafter", "mcst_reviewer", "coordinator", "budget"):
        client.force_login(cast[who])
        beside = client.get(f"/reviews/{comment.review_id}/read/").content.decode()
        listed = client.get("/api/v1/comments/").content.decode()
        chain = client.get(f"/api/v1/proposals/{comment.proposal_id}/events/").content.decode()
        texts = ["단가가 높다." in beside, "단가가 높다." in listed, "projects.comment" in chain]
        reads[who] = [*texts, readable(events, cast[who]).exists()]

    assert reads == {
        "motir_finance": [True, True, True, True],
        "auditor": [True, True, True, True],
        "drafter": [False] * 4,
        "mcst_reviewer": [False] * 4,
        "coordinator": [False] * 4,
        "budget": [False] * 4,
    }


def test_ministry_finds_its_comments_beside_the_next_revision(client, cast, comment):
    proposal = comment.proposal
    PROPOSAL.perform("return", proposal, actor=cast["coordinator"], note="보완")
    PROPOSAL.perform("submit", proposal, actor=cast["approver"])
    again = proposal.reviews.get(ministry="MOTIR", state="waiting")
    client.force_login(cast["motir_approver"])

    page = client.get(f"/reviews/{again.pk}/read/").content.decode()

    assert again.pk != comment.review_id
    assert "단가가 높다." in page


def test_comment_becomes_a_question(client, cast, comment):
    client.force_login(cast["motir_reviewer"])
    address = (
        f"/reviews/{comment.review_id}/questions/new/?about={comment.about}&comment={comment.pk}"
    )
    form = client.get(address)
    assert form.context["form"]["text"].value() == "단가가 높다."
    assert form.context["form"]["about"].value() == comment.about

    sent = client.post(address, {"about": comment.about, "text": "?", "due_on": "2099-12-01"})

    assert sent["Location"] == f"/reviews/{comment.review_id}/read/#questions"
    assert comment.review.questions.get().about == comment.about


def test_comment_of_another_ministry_is_not_copied_into_a_question(client, cast, comment):
    other = comment.proposal.reviews.get(ministry="MCST")
    client.force_login(cast["mcst_reviewer"])

    for number in (comment.pk, "x", "9" * 30, ""):
        page = client.get(f"/reviews/{other.pk}/questions/new/?about=part-basics&comment={number}")
        assert not page.context["form"]["text"].value()


def test_comment_constraints(cast, comment):
    rows = Comment.objects.filter(pk=comment.pk)
    for name, wrong in (
        ("comment_is_about_a_place", {"about": ""}),
        ("comment_is_about_a_place", {"about": "elsewhere"}),
        ("comment_says_something", {"text": " \n "}),
        ("comment_is_short", {"text": "가" * 4001}),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            rows.update(**wrong)


def test_comments_are_events_of_the_chain_of_their_proposal(cast, comment):
    COMMENT.perform("resolve", comment, actor=cast["motir_approver"])

    verbs = Event.objects.of(comment).order_by("position").values_list("verb", flat=True)
    assert list(verbs) == ["write", "resolve"]
    assert first_broken(Event.objects.order_by("tree", "position")) is None


def test_comments_through_the_api(client, cast, review):
    client.force_login(cast["motir_reviewer"])
    sent = {"about": "part-risks", "text": "위험이 빠졌다."}
    written = client.post(
        f"/api/v1/reviews/{review.pk}/comments/", sent, content_type="application/json"
    )
    assert written.status_code == 201, written.json()
    address = f"/api/v1/comments/{written.json()['id']}/moves"
    empty = client.post(f"{address}/edit/", sent | {"text": ""}, content_type="application/json")
    assert empty.status_code == 400

    done = client.post(f"{address}/resolve/", {}, content_type="application/json")

    assert (done.json()["state"], done.json()["moves"]) == ("resolved", ["reopen"])
    found = client.get(f"/api/v1/comments/?review={review.pk}&state=open").json()["results"]
    assert found == []
