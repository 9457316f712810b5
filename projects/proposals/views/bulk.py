"""One move on many proposals of the list."""

from foundation.web.bulk import act_on_many

from ..forms import BULK_PROPOSALS
from ..models import Proposal


def bulk_proposals(request):
    rows = Proposal.objects.visible_to(request.user).for_list()
    return act_on_many(request, BULK_PROPOSALS, rows, "projects:proposals")
