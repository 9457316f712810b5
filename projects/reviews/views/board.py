"""The board: every review of the proposals under review, by component and ministry."""

from django.core.paginator import Paginator
from django.shortcuts import render

from projects.proposals.models import Proposal

from .. import board

PROPOSALS = 10


def review_board(request):
    """Component by ministry: who is blocking, for every proposal in review."""
    rows = Proposal.objects.visible_to(request.user).filter(state=Proposal.State.IN_REVIEW)
    page = Paginator(rows.for_board().order_by("changed_at", "pk"), PROPOSALS).get_page(
        request.GET.get("page")
    )
    groups = [group(proposal, request.user) for proposal in page]
    return render(request, "projects/reviews/board.html", {"page": page, "groups": groups})


def group(proposal, user):
    """A proposal, its lines, how many answers are awaited, and how many of them are late."""
    rows = board.rows(proposal.current_reviews(), user)
    awaited = [row for row in rows if not row.review.is_closed]
    return proposal, rows, len(awaited), sum(row.is_late for row in awaited)
