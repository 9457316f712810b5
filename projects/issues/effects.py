"""Effects on issues: ask the sides when raised, close all sides when it ends."""

from foundation.engine.workflow import move_on
from foundation.time import clock

from .models import Issue, IssueSide


def ask_sides(issue):
    for side in issue.sides.order_by("pk"):
        move_on("ask", side)


def close_sides(issue):
    """Close all sides as heard; one without a position as silent, which is never consent."""
    for side in issue.sides.order_by("pk"):
        move_on("hear" if side.state == IssueSide.State.STATED else "pass_over", side)


def set_written_at(side):
    side.written_at = clock.now()


def set_decided_on(issue):
    issue.decided_on = clock.today()


def lapse_open_issues(proposal):
    """Lapse the open issues of a proposal that ends."""
    for issue in proposal.issues.filter(state=Issue.State.OPEN).order_by("pk"):
        move_on("lapse", issue)
