"""Ranking by weighted marks, with ties; the board of the reviews that each ministry holds."""

from fractions import Fraction

import pytest

from projects.models import Call
from projects.reviews.scoring import Given, in_words, overall, ranked, weighted
from projects.selection.ranking import ranking_of
from tests import factories
from tests.test_lists import queries


def marks(review, **points):
    weights = {"a": 60, "b": 40}
    return [Given(review, name, weights[name], given) for name, given in points.items()]


def test_weighted_mark_by_hand():
    assert weighted(marks(1, a=80, b=55)) == 70  # 48 + 22
    assert weighted([]) is None


def test_overall_mark_counts_every_answer_alike():
    assert overall(marks(1, a=80, b=55) + marks(2, a=91, b=90)) == Fraction(1606, 20)  # 70 and 90.6
    assert in_words(overall(marks(1, a=80, b=55) + marks(2, a=91, b=90))) == "80.30"


def test_thirds_that_are_equal_are_tied():
    """(70 + 70 + 71) / 3 in two orders: floats may differ, fractions do not."""
    one = [Given(n, "a", 100, points) for n, points in enumerate((70, 70, 71))]
    two = [Given(n, "a", 100, points) for n, points in enumerate((71, 70, 70))]
    best = [Given(1, "a", 100, 71)]

    places = ranked(
        {"one": one, "none": [], "two": two, "best": best, "last": [Given(1, "a", 1, 0)]}
    )

    assert [(place, key) for place, key, _mark in places] == [
        (1, "best"),
        (2, "one"),
        (2, "two"),
        (4, "last"),
        (None, "none"),
    ]
    assert in_words(places[1][2]) == "70.33"


def ranked_call(cast, call):
    factories.criteria(call, 60, 40)
    for title, points in (("둘째", ((80, 55), (80, 55))), ("첫째", ((100, 90), (90, 100)))):
        proposal = factories.submitted(cast, call, title=title)
        for review, given in zip(proposal.reviews.order_by("pk"), points, strict=True):
            factories.answer(cast, review, points=given)
    waiting = factories.submitted(cast, call, title="미회신")
    factories.answer(cast, waiting.reviews.first(), points=(1, 1), confirm=False)


def test_ranking_of_a_call(cast, call):
    ranked_call(cast, call)

    places = ranking_of(Call.objects.get(pk=call.pk))

    assert [(p.number, p.proposal.title, p.in_words) for p in places] == [
        (1, "첫째", "95.00"),
        (2, "둘째", "70.00"),
        (None, "미회신", "–"),
    ]
    assert [mark for _review, mark, _points in places[0].given] == ["96.00", "94.00"]


def test_page_of_the_ranking_is_for_those_who_oversee(client, cast, call):
    ranked_call(cast, call)
    for who, status in (
        ("coordinator", 200),
        ("auditor", 200),
        ("drafter", 403),
        ("motir_approver", 403),
    ):
        client.force_login(cast[who])
        assert client.get(f"/calls/{call.pk}/ranking/").status_code == status, who
    client.force_login(cast["budget"])
    assert "95.00" in client.get(f"/calls/{call.pk}/ranking/").content.decode()


@pytest.mark.parametrize("address", ["/calls/{call}/ranking/", "/reviews/board/"])
def test_page_costs_the_same_with_one_and_with_four(client, cast, call, address):
    client.force_login(cast["coordinator"])
    factories.criteria(call, 100)
    counts = []
    for more in (1, 3):
        for number in range(more):
            proposal = factories.questioned(cast, call, title=f"{more} {number}")
            first = proposal.reviews.order_by("pk").first()
            factories.answer(cast, first, points=(number,))
        counts.append(queries(client, address.format(call=call.pk)))
    assert counts[0] == counts[1]


def test_board_says_who_is_blocking(client, cast, call, time_machine):
    time_machine.move_to("2026-11-24T09:00:00+09:00")
    proposal = factories.questioned(cast, call)
    factories.answer(cast, proposal.reviews.get(ministry="MCST"), confirm=False)
    time_machine.move_to("2026-12-10T09:00:00+09:00")
    client.force_login(cast["coordinator"])

    page = client.get("/reviews/board/").content.decode()

    assert "강릉시 (질의)" in page
    assert "문화체육관광부, 승인자" in page
    assert "2근무일 지남" in page
