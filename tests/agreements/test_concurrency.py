"""Six parties sign at the same instant: one entry into force, one chain of documents.

With real signatures; ``bin/test --long`` does it a hundred times.
"""

from functools import partial
from itertools import pairwise

import pytest

from agreements.models import Commitment
from agreements.signing import signed_documents
from foundation.models import Event
from tests import factories
from tests.effort import effort
from tests.together import at_once

ROUNDS = effort(3, 100)


@pytest.mark.django_db(transaction=True)
def test_six_signatures_at_the_same_instant_bring_it_into_force_once(cast, call):
    factories.two_signers_more(cast)
    for number in range(ROUNDS):
        version = factories.signing_by_six(cast, call, title=f"협약 {number}")
        parties = list(version.parties.order_by("pk"))

        outcomes = at_once(*(partial(factories.sign, cast, party) for party in parties))

        assert not [o for o in outcomes if isinstance(o, Exception)], outcomes
        version.refresh_from_db()
        assert version.state == "in_force"
        assert Event.objects.of(version).filter(verb="enter").count() == 1
        assert Commitment.objects.filter(version=version).count() == 18
        chain = list(version.deeds.order_by("number"))
        assert [deed.number for deed in chain] == list(range(7))
        assert all(
            signed_documents.content_of(after).startswith(signed_documents.content_of(before))
            for before, after in pairwise(chain)
        )
