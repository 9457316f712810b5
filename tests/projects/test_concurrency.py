from functools import partial

import pytest

from accounts.models import Organisation
from foundation.engine.history import first_broken
from foundation.engine.workflow import NotNow
from foundation.models import Event
from projects.models import Proposal, Review
from projects.workflow import POSITION, PROPOSAL, REVIEW
from tests import factories
from tests.effort import effort
from tests.together import at_once

ROUNDS = effort(20, 200)
COORDINATED = effort(8, 50)
WITHDRAWN = effort(6, 50)
MINISTRIES = [f"M{number}" for number in range(8)]
STATES = {"accept": "accepted", "object": "objected"}


@pytest.mark.django_db(transaction=True)
def test_two_ministries_confirming_at_the_same_instant_leave_none_stuck(cast, call):
    stuck = []
    for number in range(ROUNDS):
        proposal = factories.submitted(cast, call, title=f"제안 {number}")
        acts = []
        for review in proposal.reviews.order_by("pk"):
            prepared = factories.answer(cast, review, confirm=False)
            approver = cast[f"{review.ministry_id.lower()}_approver"]
            acts.append(partial(REVIEW.perform, "confirm", prepared, actor=approver))

        outcomes = at_once(*acts)

        assert not [o for o in outcomes if isinstance(o, Exception)], outcomes
        if Proposal.objects.get(pk=proposal.pk).state != "reviewed":
            stuck.append(proposal.pk)

    assert stuck == []
    assert first_broken(Event.objects.order_by("tree", "position").iterator()) is None


@pytest.fixture
def eight(cast):
    """Eight ministries, each with a reviewer and an approver of its own."""
    for name in MINISTRIES:
        ministry = factories.ministry(name)
        for role in ("reviewer", "approver"):
            key = f"{name.lower()}_{role}"
            cast[key] = factories.person(key, (role, ministry))
    return cast


def submitted_to_eight(cast, call, title):
    draft = factories.proposal(cast, call, title=title)
    for name in MINISTRIES:
        factories.component(cast, draft, Organisation.objects.get(pk=name))
    return PROPOSAL.perform("submit", draft, actor=cast["approver"])


def answer_in_turn(cast, position, moves):
    """A party makes moves one after another until the round is over; returns the moves made."""
    name = position.organisation_id.lower()
    actor = cast["approver"] if name.startswith("gangwon") else cast[f"{name}_approver"]

    def write(record):
        record.reason = "이의"

    made = []
    for move in moves:
        change = write if move == "object" else None
        try:
            POSITION.perform(move, position, actor=actor, note="이의", change=change)
        except NotNow:
            break
        made.append(move)
    return made


@pytest.mark.django_db(transaction=True)
def test_eight_ministries_answering_and_changing_their_mind_leave_no_round_stuck(eight, call):
    proposal = submitted_to_eight(eight, call, "조정")
    for review in proposal.reviews.order_by("pk"):
        factories.answer(eight, review)
    for number in range(COORDINATED):
        made = factories.round_of(eight, Proposal.objects.get(pk=proposal.pk))
        positions = list(made.positions.order_by("pk"))
        orders = [("accept", "object"), ("object", "accept"), ("accept",)]
        acts = [
            partial(
                answer_in_turn, eight, position, orders[(number + place) % (3 if number % 2 else 2)]
            )
            for place, position in enumerate(positions)
        ]

        outcomes = at_once(*acts)

        assert not [o for o in outcomes if isinstance(o, Exception)], outcomes
        made.refresh_from_db()
        states = {p.organisation_id: p.state for p in made.positions.all()}
        made_moves = dict(zip((p.organisation_id for p in positions), outcomes, strict=True))
        assert states == {name: STATES[moves[-1]] for name, moves in made_moves.items()}
        assert made.state == ("objected" if "objected" in states.values() else "agreed")

    assert first_broken(Event.objects.order_by("tree", "position").iterator()) is None


@pytest.mark.django_db(transaction=True)
def test_eight_ministries_confirming_while_the_applicant_withdraws_lose_nothing(eight, call):
    for number in range(WITHDRAWN):
        proposal = submitted_to_eight(eight, call, f"철회 {number}")
        prepared = [
            factories.answer(
                eight, review, "not_ours" if place % 3 == number % 3 else "accept", confirm=False
            )
            for place, review in enumerate(proposal.reviews.order_by("pk"))
        ]
        acts = [
            partial(
                REVIEW.perform,
                "confirm",
                review,
                actor=eight[f"{review.ministry_id.lower()}_approver"],
            )
            for review in prepared
        ]
        withdraw = partial(
            PROPOSAL.perform, "withdraw", proposal, actor=eight["approver"], note="의회"
        )

        *confirmed, withdrawn = at_once(*acts, withdraw)

        assert withdrawn.state == Proposal.objects.get(pk=proposal.pk).state == "withdrawn"
        assert {type(o) for o in confirmed} <= {NotNow, Review}
        for review, outcome in zip(prepared, confirmed, strict=True):
            stored = Review.objects.get(pk=review.pk)
            answered = isinstance(outcome, Review)
            stays = answered and review.answer == "accept"
            assert stored.state == ("confirmed" if stays else "lapsed")
            assert Event.objects.of(review).filter(verb="confirm").exists() == answered
