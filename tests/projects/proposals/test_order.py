"""Components are in the order in which they were added, wherever they are shown."""

from projects.models import Component, Proposal
from tests import factories


def test_components_stay_in_order_when_an_earlier_one_is_written_again(cast, call):
    """PostgreSQL returns a row whose indexed column changed after those that did not change."""
    draft = factories.complete_proposal(cast, call)
    first, *others = draft.components.order_by("pk")
    for ministry in (others[0].ministry_id, first.ministry_id):
        Component.objects.filter(pk=first.pk).update(ministry=ministry)

    proposal = Proposal.objects.for_page().get(pk=draft.pk)

    assert proposal.live_components() == [first, *others]
