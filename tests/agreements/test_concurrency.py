"""Six parties sign at the same instant: one moment of coming into force, one chain of documents.

Ten rounds here, with real signatures; ``SIGNING_ROUNDS=100`` asks for as many as the issue does.
"""

import os
from functools import partial
from itertools import pairwise

import pytest

from agreements import deeds
from agreements.models import Commitment
from foundation.models import Event
from tests import certificates, factories
from tests.together import at_once

ROUNDS = int(os.environ.get("SIGNING_ROUNDS", "10"))
MORE = {"MOE": ("교육부", "ministry"), "chungnam-hongseong": ("홍성군", "municipality")}


def signing_by_six(cast, call, title):
    """A version with two parties more, all six invited to sign."""
    version = factories.drafted(cast, call, title=title)
    for place, (organisation, (_name, role)) in enumerate(MORE.items(), start=4):
        version.parties.create(organisation_id=organisation, role=role, position=place)
    return factories.resolved(cast, factories.agreed(cast, version))


@pytest.mark.django_db(transaction=True)
def test_six_signatures_at_the_same_instant_bring_it_into_force_once(cast, call):
    for organisation, body in (("MOE", cast.moe), ("chungnam-hongseong", cast.hongseong)):
        factories.SIGNERS[organisation] = f"{organisation}_approver"
        cast[f"{organisation}_approver"] = factories.person(organisation, ("approver", body))
        certificates.give_key(body)
    for number in range(ROUNDS):
        version = signing_by_six(cast, call, f"협약 {number}")
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
            deeds.content_of(after).startswith(deeds.content_of(before))
            for before, after in pairwise(chain)
        )
