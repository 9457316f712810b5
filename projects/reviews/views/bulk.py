"""One move on many reviews of the list."""

from foundation.web.bulk import act_on_many

from ..forms import BULK_REVIEWS
from ..models import Review


def bulk_reviews(request):
    rows = Review.objects.visible_to(request.user).for_page()
    return act_on_many(request, BULK_REVIEWS, rows, "projects:reviews")
