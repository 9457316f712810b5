"""One move on many rows of a list."""

from foundation.web.bulk import act_on_many

from ..forms import BULK_PROPOSALS, BULK_REVIEWS
from ..models import Proposal, Review


def bulk_reviews(request):
    rows = Review.objects.visible_to(request.user).for_page()
    return act_on_many(request, BULK_REVIEWS, rows, "reviews")


def bulk_proposals(request):
    rows = Proposal.objects.visible_to(request.user).for_list()
    return act_on_many(request, BULK_PROPOSALS, rows, "proposals")
