"""The board: all reviews of the proposals in review, by component and ministry."""

from django.core.paginator import Paginator
from django.shortcuts import render

from projects.proposals.models import Proposal

from .. import board

PROPOSALS = 10


def review_board(request):
    """Show who must act on each review of every proposal in review."""
    rows = Proposal.objects.visible_to(request.user).filter(state=Proposal.State.IN_REVIEW)
    page = Paginator(rows.for_board().order_by("changed_at", "pk"), PROPOSALS).get_page(
        request.GET.get("page")
    )
    groups = [group(proposal, request.user) for proposal in page]
    return render(request, "projects/reviews/board.html", {"page": page, "groups": groups})


def group(proposal, user):
    """(proposal, its rows, number of open reviews, number of overdue ones)."""
    rows = board.rows(proposal.current_reviews(), user)
    awaited = [row for row in rows if not row.review.is_closed]
    return proposal, rows, len(awaited), sum(row.is_late for row in awaited)
