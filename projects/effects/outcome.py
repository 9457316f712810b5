"""What follows from the decision on a proposal."""

from ..models import Call, Proposal


def free_the_places(proposal):
    """Whoever is out takes no place from others; nothing is due any more."""
    proposal.province_place = proposal.reserve_place = proposal.due_on = None


def allow_above_ceilings(proposal):
    proposal.above_ceilings = True


def leave_the_reserve(proposal):
    """Whoever is promoted takes the place of the one that withdrew first, if there is one."""
    Call.objects.select_for_update().get(pk=proposal.call_id)
    vacant = Proposal.objects.filter(call=proposal.call_id).vacant()
    proposal.reserve_place = None
    proposal.replaces = vacant.order_by("changed_at", "pk").first()
