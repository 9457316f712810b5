from functools import partial

import pytest

from agreements.models import Commitment
from foundation.models import Event
from tests import factories
from tests.together import at_once

ROUNDS = 20


@pytest.mark.django_db(transaction=True)
def test_last_signatures_at_the_same_instant_bring_it_into_force_once(cast, call):
    for number in range(ROUNDS):
        version = factories.signing(cast, call, title=f"협약 {number}")
        first, second, *others = version.parties.order_by("pk")
        for party in others:
            factories.sign(cast, party)

        outcomes = at_once(
            partial(factories.sign, cast, first), partial(factories.sign, cast, second)
        )

        assert not [o for o in outcomes if isinstance(o, Exception)], outcomes
        version.refresh_from_db()
        assert version.state == "in_force"
        assert Event.objects.of(version).filter(verb="enter").count() == 1
        assert Commitment.objects.filter(version=version).count() == 18
