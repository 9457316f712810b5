"""What follows from the decision on a proposal."""


def free_the_places(proposal):
    """Whoever is out takes no place from others; nothing is due any more."""
    proposal.province_place = proposal.reserve_place = proposal.due_on = None


def allow_above_ceilings(proposal):
    proposal.above_ceilings = True


def leave_the_reserve(proposal):
    proposal.reserve_place = None
