"""Open matters of calls and proposals."""

from projects.models import (
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
    """While a question is open, the time stands still and nobody in the ministry is reminded."""
    return lambda today: Review.objects.for_list().filter(state=state, stopped_on=None)


def silent_reviews(today):
    """Unanswered after their day: the coordinator may go on without the ministry."""
    rows = Review.objects.for_list().filter(state__in=["waiting", "answered"])
    return rows.filter(due_on__lt=today, stopped_on=None)


def questions(today):
    return Question.objects.for_list().filter(state="asked")


def silent_sides(today):
    return IssueSide.objects.for_work().filter(state="asked")


def heard_issues(today):
    """Every side has spoken, or its day has passed: now it can be decided."""
    rows = Issue.objects.for_list().filter(state="open")
    return rows.exclude(due_on__gte=today, sides__state="asked")


def unrecorded_sessions(today):
    return Session.objects.filter(state="planned", held_on__lt=today)


def open_conditions(today):
    """To be met by their owner, once every ministry has answered."""
    rows = Condition.objects.for_list().filter(state="open")
    return rows.filter(proposal__state__in=Condition.FROM)


def answers_to_check(today):
    return Condition.objects.for_list().filter(state="answered")


def to_draft(today):
    """Selected, no condition of a ministry is left to be met, no round is under way."""
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
    """Some party is silent after the day: a coordinator may close the round by a decision."""
    return Round.objects.for_list().filter(state="open", due_on__lt=today)


def open_drafts(today):
    drafts = Proposal.objects.for_list().filter(state="draft", call__state="open")
    return drafts.filter(call__closes_on__gte=today)
