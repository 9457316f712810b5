from functools import partial

import pytest

from foundation.history import first_broken
from foundation.models import Event
from projects.models import Proposal
from projects.workflow import REVIEW
from tests import factories
from tests.together import at_once

ROUNDS = 200


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
