"""Effects of reviews and questions: ask ministries, conclude, stop and resume the clock."""

from foundation.engine.workflow import move_on
from foundation.time import clock
from foundation.time.calendar import add_working_days, moved_on

from .models import Question, Review

R = Review.State
Q = Question.State


def ask_ministries(proposal):
    """Ask the ministry of every component for a review, all with the same due date."""
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


def ask_new_ministry(review):
    """Ask the new ministry of a component for a review of the same revision."""
    move_on("reroute", review.proposal)
    review.component.refresh_from_db()
    ask(review.proposal, review.revision, review.component)


def restart_review(review):
    """Ask the same ministry again: a new due date, no decision, the clock runs."""
    review.decided_by = None
    review.due_on = review_due(review.proposal)
    review.stopped_on = None


def lapse_open_reviews(proposal):
    for review in proposal.reviews.filter(state__in=Review.OPEN).order_by("pk"):
        move_on("lapse", review)
        drop_questions(review)


def conclude_after_last_answer(review):
    """Drop questions, disown if “not ours”; conclude the proposal after the last answer."""
    drop_questions(review)
    if review.answer == Review.Answer.NOT_OURS and review.state == R.CONFIRMED:
        move_on("disown", review)
    if not review.proposal.reviews.filter(state__in=Review.OPEN).exists():
        move_on("conclude", review.proposal)


def reopen_if_prepared_in_conflict(review):
    """Reopen a prepared answer if its writer has declared a conflict of interest."""
    conflicted = review.conflicts.filter(person=review.prepared_by_id).exists()
    if review.state == R.ANSWERED and conflicted:
        move_on("reopen", review)


def drop_questions(review):
    """Withdraw the unanswered questions once the ministry has answered."""
    for question in review.questions.filter(state=Q.ASKED).order_by("pk"):
        move_on("drop", question)


def stop_review_clock(question):
    if question.review.stopped_on is None:
        move_on("stop", question.review)


def resume_review_clock(question):
    """After the last open question resume the clock; the due date moves by the days stopped."""
    review = question.review
    waiting = review.questions.filter(state=Q.ASKED).exists()
    if review.stopped_on and review.state in (R.WAITING, R.ANSWERED) and not waiting:
        move_on("go_on", review)


def set_stopped_on(review):
    review.stopped_on = clock.today()


def extend_deadline(review):
    review.due_on = moved_on(review.due_on, review.stopped_on, clock.today())
    review.stopped_on = None
