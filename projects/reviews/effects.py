"""What moves of a review and its questions change elsewhere: ministries asked, the review clock."""

from foundation.engine.workflow import move_on
from foundation.time import clock
from foundation.time.calendar import add_working_days, moved_on

from .models import Question, Review

R = Review.State
Q = Question.State


def ask_ministries(proposal):
    """Every component goes to its ministry, all in parallel, with one due date."""
    revision = proposal.revisions.latest("number")
    for component in proposal.components.live():
        ask(proposal, revision, component)


def ask(proposal, revision, component):
    review = Review(
        proposal=proposal,
        revision=revision,
        component=component,
        ministry=component.ministry,
        due_on=review_due(proposal),
    )
    move_on("ask", review)


def review_due(proposal):
    return add_working_days(clock.today(), proposal.call.review_days)


def ask_the_new_ministry(review):
    """The component has its new ministry; now that one is asked, about the same revision."""
    move_on("reroute", review.proposal)
    review.component.refresh_from_db()
    ask(review.proposal, review.revision, review.component)


def begin_anew(review):
    """The same ministry again, with all its time; who decided before has decided nothing yet."""
    review.decided_by = None
    review.due_on = review_due(review.proposal)
    review.stopped_on = None


def lapse_open_reviews(proposal):
    for review in proposal.reviews.filter(state__in=Review.OPEN).order_by("pk"):
        move_on("lapse", review)
        drop_questions(review)


def conclude_with_the_last(review):
    """When the last ministry has answered, the proposal moves by itself."""
    drop_questions(review)
    if review.answer == Review.Answer.NOT_OURS and review.state == R.CONFIRMED:
        move_on("disown", review)
    if not review.proposal.reviews.filter(state__in=Review.OPEN).exists():
        move_on("conclude", review.proposal)


def reopen_if_prepared_in_conflict(review):
    """An answer of somebody with an interest in the matter does not stand."""
    conflicted = review.conflicts.filter(person=review.prepared_by_id).exists()
    if review.state == R.ANSWERED and conflicted:
        move_on("reopen", review)


def drop_questions(review):
    """What was not answered need not be, once the ministry has given its answer."""
    for question in review.questions.filter(state=Q.ASKED).order_by("pk"):
        move_on("drop", question)


def stop_the_clock(question):
    if question.review.stopped_on is None:
        move_on("stop", question.review)


def start_the_clock(question):
    """With the last open question the time goes on; the days waited are given back."""
    review = question.review
    waiting = review.questions.filter(state=Q.ASKED).exists()
    if review.stopped_on and review.state in (R.WAITING, R.ANSWERED) and not waiting:
        move_on("go_on", review)


def note_the_day(review):
    review.stopped_on = clock.today()


def give_back_the_days(review):
    review.due_on = moved_on(review.due_on, review.stopped_on, clock.today())
    review.stopped_on = None
