"""Open matters of calls and proposals: querysets by kind."""

from projects.models import (
    Call,
    Condition,
    Issue,
    IssueSide,
    Position,
    Proposal,
    Question,
    Review,
    Round,
    Session,
)


def reviews(state):
    """Reviews in a state, without those paused by an open question: nobody is reminded of them."""
    return lambda today: Review.objects.for_list().running().filter(state=state)


def silent_reviews(today):
    """Overdue reviews without an answer: the coordinator may go on without the ministry."""
    return Review.objects.for_list().overdue(today)


def questions(today):
    return Question.objects.for_list().filter(state="asked")


def silent_sides(today):
    return IssueSide.objects.for_work().filter(state="asked")


def heard_issues(today):
    return Issue.objects.for_list().decidable(today)


def unrecorded_sessions(today):
    return Session.objects.filter(state="planned", held_on__lt=today)


def open_conditions(today):
    """Open conditions that their owner must meet, once every ministry has answered."""
    rows = Condition.objects.for_list().filter(state="open")
    return rows.filter(proposal__state__in=Proposal.COORDINATED)


def answers_to_check(today):
    return Condition.objects.for_list().filter(state="answered")


def to_draft(today):
    """Selected proposals without an unmet condition of a ministry and without an open round."""
    left = Condition.objects.unsettled().values("proposal")
    coordinated = Round.objects.filter(state__in=Round.UNSETTLED).values("proposal")
    rows = proposals("selected", agreement=None)(today)
    return rows.exclude(pk__in=left).exclude(pk__in=coordinated)


def next_in_reserve(today):
    return Proposal.objects.for_list().next_in_reserve()


def proposals(*states, **facts):
    return lambda today: Proposal.objects.for_list().filter(state__in=states, **facts)


def positions(today):
    return Position.objects.for_list().filter(state="asked")


def rounds(state):
    return lambda today: Round.objects.for_list().filter(state=state)


def overdue_rounds(today):
    """Open rounds after their due day: a coordinator may close them by a decision."""
    return Round.objects.for_list().overdue(today)


def open_drafts(today):
    drafts = Proposal.objects.for_list().filter(state="draft")
    return drafts.filter(call__in=Call.objects.accepting(today))
