"""An issue asks its sides when it is raised, and ends for all of them at once."""

from foundation.engine.workflow import move_on
from foundation.time import clock

from .models import Issue, IssueSide


def ask_the_sides(issue):
    for side in issue.sides.order_by("pk"):
        move_on("ask", side)


def end_for_all_sides(issue):
    """Who stated a position was heard; silence is recorded as no position, never as consent."""
    for side in issue.sides.order_by("pk"):
        move_on("hear" if side.state == IssueSide.State.STATED else "pass_over", side)


def note_the_moment(side):
    side.written_at = clock.now()


def note_the_day_of_decision(issue):
    issue.decided_on = clock.today()


def lapse_open_issues(proposal):
    """With the proposal ends what was disputed about it."""
    for issue in proposal.issues.filter(state=Issue.State.OPEN).order_by("pk"):
        move_on("lapse", issue)
