"""The time of a review stands still while a question of it is open."""

from foundation.engine.workflow import move_on
from foundation.time import clock
from foundation.time.calendar import moved_on

from ..models import Question, Review

R, Q = Review.State, Question.State


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
