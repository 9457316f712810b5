"""Pages of issues: raise, state positions, decide."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, render

from foundation.engine.workflow import readable
from foundation.models import Event
from foundation.web.pages import make_move, open_moves
from projects.comments.references import address_of, with_subjects, words_of
from projects.proposals.models import Proposal

from .filters import IssueFilter
from .forms import ISSUE_FORMS, ISSUE_SIDE_FORMS
from .models import Issue, IssueSide
from .requirements import DISPUTABLE
from .workflow import ISSUE, ISSUE_SIDE

ROWS = 25
TEMPLATES = {"decide": "projects/issues/decide_issue.html"}


def issues(request):
    rows = Issue.objects.visible_to(request.user).for_list().order_by("-raised_on", "-pk")
    chosen = IssueFilter(request.GET, rows)
    page = Paginator(chosen.qs, ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "filter": chosen, "issues": with_subjects(page)}
    return render(request, "projects/issues/issues.html", context)


def new_issue(request, pk):
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user).for_page(), pk=pk)
    issue = Issue(proposal=proposal)
    return make_move(request, ISSUE, issue, "raise", forms=ISSUE_FORMS, parent=proposal)


def may_raise(user, proposal):
    """Whether the page of a proposal offers to raise an issue."""
    post = ISSUE["raise"].post_of(user, Issue(proposal=proposal))
    return proposal.state in DISPUTABLE and bool(post)


def issue(request, pk):
    issue = get_object_or_404(Issue.objects.visible_to(request.user).for_page(), pk=pk)
    sides = [side.reference for side in issue.sides.all()]
    by_people = Q(subject__in=sides, actor__isnull=False)  # moves by the system are on the cards
    events = Event.objects.filter(Q(subject=issue.reference) | by_people)
    context = {
        **argued(issue, request.user),
        "moves": open_moves(ISSUE, request.user, issue, forms=ISSUE_FORMS),
        "events": readable(events, request.user).in_order(),
    }
    return render(request, "projects/issues/issue.html", context)


def argued(issue, user):
    """Template context: the sides with their moves, who must act, and the outcome."""
    awaited = [side.organisation for side in issue.sides.all() if side.state == "asked"]
    return {
        "issue": issue,
        "about": words_of(issue),
        "place": address_of(issue),
        "sides": [(side, moves_of(issue, side, user)) for side in issue.sides.all()],
        "awaited": awaited if issue.is_open else [],
        "outcome": issue.changed
        and (words_of(issue, issue.changed), address_of(issue, issue.changed)),
    }


def moves_of(issue, side, user):
    side.issue = issue
    return open_moves(ISSUE_SIDE, user, side, forms=ISSUE_SIDE_FORMS)


def move_issue(request, pk, move):
    issue = get_object_or_404(Issue.objects.visible_to(request.user).for_page(), pk=pk)
    return make_move(
        request,
        ISSUE,
        issue,
        move,
        forms=ISSUE_FORMS,
        template=TEMPLATES.get(move, "move.html"),
        **argued(issue, request.user),
    )


def move_side(request, pk, move):
    """State the position of one side; the page shows the positions of the others."""
    side = get_object_or_404(IssueSide.objects.visible_to(request.user).for_work(), pk=pk)
    issue = Issue.objects.for_page().get(pk=side.issue_id)
    return make_move(
        request,
        ISSUE_SIDE,
        side,
        move,
        forms=ISSUE_SIDE_FORMS,
        template="projects/issues/state_position.html",
        **argued(issue, request.user),
    )
