"""Pages that show many reviews at once: the board, and the ranked list of a call."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from .. import board
from ..models import Call, Proposal
from ..ranking import ranking_of

PROPOSALS = 10


def review_board(request):
    """Component by ministry: who is blocking, for every proposal in review."""
    rows = Proposal.objects.visible_to(request.user).filter(state=Proposal.State.IN_REVIEW)
    page = Paginator(rows.for_board().order_by("changed_at", "pk"), PROPOSALS).get_page(
        request.GET.get("page")
    )
    groups = [group(proposal, request.user) for proposal in page]
    return render(request, "projects/board.html", {"page": page, "groups": groups})


def group(proposal, user):
    """A proposal, its lines, how many answers are awaited, and how many of them are late."""
    rows = board.rows(proposal.current_reviews(), user)
    awaited = [row for row in rows if not row.review.is_closed]
    return proposal, rows, len(awaited), sum(row.is_late for row in awaited)


def ranking(request, pk):
    call = get_object_or_404(Call.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("projects.view_ranking", call):
        raise PermissionDenied
    context = {"call": call, "places": ranking_of(call), "criteria": call.criteria.order_by("pk")}
    return render(request, "projects/ranking.html", context)
