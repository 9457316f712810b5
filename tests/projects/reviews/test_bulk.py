"""Bulk moves: each row is moved separately, and every row that fails is listed with its reason."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.models import Proposal, Review
from projects.workflow import PROPOSAL, REVIEW
from tests import factories


@pytest.fixture
def reviews(cast, call):
    """Three reviews of MOTIR in one proposal; a fourth is MCST's."""
    row = factories.proposal(cast, call)
    for number in (1, 2, 3):
        factories.component(cast, row, cast.motir, title=f"내역사업 {number}")
    factories.component(cast, row, cast.mcst)
    PROPOSAL.perform("submit", row, actor=cast["approver"])
    return list(of_motir())


def of_motir():
    return Review.objects.filter(ministry="MOTIR").order_by("pk")


def rows(records):
    return [f"{record.pk}:{record.moves_made}" for record in records]


def states(records):
    return [Review.objects.get(pk=record.pk).state for record in records]


def answered(cast, records):
    return [factories.answer(cast, record, confirm=False) for record in records]


def test_reviewer_is_assigned_to_many(client, cast, reviews):
    client.force_login(cast["motir_approver"])
    listed = client.get("/reviews/").content.decode()
    assert f'value="{reviews[0].pk}:{reviews[0].moves_made}"' in listed

    asked = client.get("/reviews/bulk/", {"move": "assign", "row": rows(reviews)})
    sent = {"move": "assign", "row": rows(reviews), "reviewer": cast["motir_reviewer"].pk}
    done = client.post("/reviews/bulk/", sent | {"back": "/reviews/?state=waiting"})

    assert "3건" in asked.content.decode()
    assert done["Location"] == "/reviews/?state=waiting"
    assert set(of_motir().values_list("assigned_to__name", flat=True)) == {"motir_reviewer"}


def test_rows_that_fail_are_listed_with_their_reason_and_the_rest_is_done(client, cast, reviews):
    first, second, third = answered(cast, reviews)
    read = rows([first, second, third])
    factories.hold(cast["motir_approver"], "reviewer", cast.motir)
    REVIEW.perform("send_back", second, actor=cast["motir_approver"], note="다시")
    again = factories.setting(answer="accept", reason="다시 검토하였다.")
    REVIEW.perform("answer", third, actor=cast["motir_reviewer"], change=again)
    client.force_login(cast["motir_approver"])

    page = client.post("/reviews/bulk/", {"move": "confirm", "row": read}).content.decode()

    assert states(reviews) == ["confirmed", "waiting", "answered"]
    assert "2건을 처리하지 못했습니다" in page
    assert "1건을 처리했습니다" in page
    assert "지금은 할 수 없습니다" in page  # the second: its state
    assert "다른 사람이" in page  # the third: its newest answer was not read
    assert second.get_absolute_url() in page
    fresh = Review.objects.get(pk=third.pk)
    assert f'value="{third.pk}:{fresh.moves_made}" id="row-{third.pk}">' in page  # not ticked
    assert f"row-{second.pk}" not in page


def test_nobody_confirms_their_own_answers_in_bulk(client, cast, reviews):
    factories.hold(cast["motir_approver"], "reviewer", cast.motir)
    mine = factories.answer(cast, reviews[0], confirm=False)
    again = factories.setting(answer="accept", reason="다시 검토하였다.")
    mine = REVIEW.perform("answer", mine, actor=cast["motir_approver"], change=again)
    other = factories.answer(cast, reviews[1], confirm=False)
    client.force_login(cast["motir_approver"])

    page = client.post("/reviews/bulk/", {"move": "confirm", "row": rows([mine, other])})

    assert states([mine, other]) == ["answered", "confirmed"]
    assert "본인이 작성하거나" in page.content.decode()


def test_failed_rows_are_sent_again_with_what_was_entered(client, cast, reviews, time_machine):
    time_machine.move_to("2099-01-05T09:00:00+09:00")
    to = factories.setting(assigned_to=cast["motir_reviewer"])
    REVIEW.perform("assign", reviews[1], actor=cast["motir_approver"], change=to)
    client.force_login(cast["coordinator"])
    sent = {"move": "pass_over", "row": rows(reviews[:2]), "note": "기한 내 회신이 없음"}

    page = client.post("/reviews/bulk/", sent).content.decode()
    assert "기한 내 회신이 없음" in page
    again = client.post(
        "/reviews/bulk/", sent | {"row": rows([Review.objects.get(pk=reviews[1].pk)])}
    )

    assert again.status_code == 302
    assert states(reviews) == ["silent", "silent", "waiting"]


def test_missing_reason_is_refused_before_any_row_is_moved(client, cast, reviews, time_machine):
    time_machine.move_to("2099-01-05T09:00:00+09:00")
    client.force_login(cast["coordinator"])

    without_reason = client.post("/reviews/bulk/", {"move": "pass_over", "row": rows(reviews)})

    assert without_reason.status_code == 422
    assert states(reviews) == ["waiting"] * 3


def test_reviewer_with_an_interest_is_refused_for_that_row_alone(client, cast, reviews):
    reviews[0].conflicts.create(person=cast["motir_reviewer"])
    client.force_login(cast["motir_approver"])
    sent = {"move": "assign", "row": rows(reviews), "reviewer": cast["motir_reviewer"].pk}

    page = client.post("/reviews/bulk/", sent).content.decode()

    assigned = of_motir().values_list("assigned_to__name", flat=True)
    assert list(assigned) == [None, "motir_reviewer", "motir_reviewer"]
    assert "1건을 처리하지 못했습니다" in page


def test_proposals_are_accepted_and_rejected_together(client, cast, call):
    type(call).objects.update(check_days=3)
    call.refresh_from_db()
    asked = [factories.submitted(cast, call, title=f"사업 {n}") for n in (1, 2)]
    client.force_login(cast["coordinator"])

    client.post("/proposals/bulk/", {"move": "accept", "row": rows(asked)})
    assert set(Proposal.objects.values_list("state", flat=True)) == {"in_review"}
    for review in Review.objects.order_by("pk"):
        factories.answer(cast, review)
    asked = list(Proposal.objects.order_by("pk"))
    client.post("/proposals/bulk/", {"move": "reject", "row": rows(asked), "note": "예산 부족"})

    assert set(Proposal.objects.values_list("state", flat=True)) == {"not_selected"}


@pytest.mark.parametrize(
    ("who", "move", "status"),
    [
        ("motir_reviewer", "confirm", 403),
        ("coordinator", "confirm", 403),
        ("motir_approver", "answer", 404),
        ("motir_approver", "", 404),
        ("nobody", "assign", 403),
        ("mcst_approver", "assign", 200),
    ],
)
def test_only_who_has_the_post_is_asked(client, cast, reviews, who, move, status):
    client.force_login(cast[who])

    assert client.get("/reviews/bulk/", {"move": move, "row": rows(reviews)}).status_code == status


@pytest.mark.parametrize(
    "row", [[], ["x"], ["1"], ["²:1"], ["9" * 30 + ":1"], [f"{n}:1" for n in range(101)]]
)
def test_nothing_or_too_much_leads_back_to_the_list(client, cast, reviews, row):
    client.force_login(cast["motir_approver"])

    answer = client.post(
        "/reviews/bulk/", {"move": "assign", "row": row, "back": "//evil.example/"}
    )

    assert (answer.status_code, answer["Location"]) == (302, "/reviews/")


def test_row_of_another_ministry_fails_for_lack_of_permission(client, cast, call, reviews):
    other = factories.submitted(cast, call, title="다른 사업").reviews.get(ministry="MCST")
    client.force_login(cast["motir_approver"])
    sent = {"move": "assign", "row": rows([reviews[0], other])}

    page = client.post("/reviews/bulk/", sent).content.decode()

    assert "권한이 없습니다" in page
    assert Review.objects.get(pk=other.pk).moves_made == other.moves_made


def test_every_row_costs_the_same_number_of_queries(client, cast, call):
    row = factories.proposal(cast, call)
    for number in range(14):
        factories.component(cast, row, cast.motir, title=f"내역사업 {number}")
    factories.component(cast, row, cast.mcst)
    PROPOSAL.perform("submit", row, actor=cast["approver"])
    records = list(of_motir())
    client.force_login(cast["motir_approver"])
    sent = {"move": "assign", "reviewer": cast["motir_reviewer"].pk}

    def cost(some):
        with CaptureQueriesContext(connection) as captured:
            assert client.post("/reviews/bulk/", sent | {"row": rows(some)}).status_code == 302
        return len(captured)

    two, four, eight = cost(records[:2]), cost(records[2:6]), cost(records[6:14])

    assert (four - two) * 2 == eight - four


def test_bulk_move_through_the_api_reports_the_result_of_each_row(client, cast, reviews):
    first, second, _third = answered(cast, reviews)
    client.force_login(cast["motir_approver"])
    records = [
        {"id": first.pk, "seen": first.moves_made},
        {"id": second.pk, "seen": second.moves_made - 1},
        {"id": 10**9, "seen": 1},
    ]

    answer = client.post(
        "/api/v1/reviews/bulk/",
        {"move": "confirm", "records": records},
        content_type="application/json",
    )

    found = answer.json()
    assert (answer.status_code, found["made"], found["failed"]) == (200, 1, 2)
    assert [each["status"] for each in found["results"]] == [200, 409, 404]
    assert [each["state"] for each in found["results"]] == ["confirmed", "answered", None]
    assert found["results"][1]["reason"]


@pytest.mark.parametrize(
    "sent",
    [
        {"move": "confirm"},
        {"move": "confirm", "records": [{"id": 1}]},
        {"move": "confirm", "records": [{"id": 1, "seen": 1}] * 2},
        {"move": "confirm", "records": [{"id": n, "seen": 1} for n in range(1, 102)]},
        {"move": "confirm", "records": "all"},
    ],
)
def test_api_refuses_incomplete_duplicate_or_too_many_rows(client, cast, reviews, sent):
    client.force_login(cast["motir_approver"])

    answer = client.post("/api/v1/reviews/bulk/", sent, content_type="application/json")

    assert answer.status_code == 400
