"""Requirements for the moves of a review or a question; each raises NotNow."""

from django.utils.translation import gettext

from foundation.engine.workflow import NotNow
from foundation.formats import day
from foundation.time import clock
from foundation.time.deadlines import last_day

from .models import Review

R = Review.State


def has_answer(review):
    if not review.answer:
        raise NotNow(gettext("There is no answer to confirm."))


def has_all_marks(review):
    """The answer has marks for every criterion of the call, unless it is “not ours”."""
    wanted = review.proposal.call.criteria.count()
    if review.answer != Review.Answer.NOT_OURS and review.marks.count() != wanted:
        raise NotNow(gettext("Marks are missing. Send it back, so that every criterion has one."))


def has_valid_conditions(review):
    """Conditions only with an acceptance; each with an owner among the parties, none overdue."""
    conditions, answer = list(review.conditions.all()), Review.Answer(review.answer)
    if answer == Review.Answer.CONDITIONS and not conditions:
        raise NotNow(gettext("The conditions are missing. Send it back, so that they are written."))
    if conditions and answer not in Review.WITH_CONDITIONS:
        raise NotNow(gettext("This answer cannot have conditions. Send it back."))
    if any(condition.due_on < clock.today() for condition in conditions):
        raise NotNow(gettext("The day of a condition has passed. Send it back for a later one."))
    proposal = review.proposal
    parties = {proposal.applicant_id, *proposal.partners.values_list("pk", flat=True)}
    if any(condition.owner_id not in parties for condition in conditions):
        raise NotNow(gettext("A condition is for the applicant or a partner. Send it back."))


def review_awaits_answer(question):
    """A question can be asked only until the ministry has prepared its answer."""
    if question.review.state != R.WAITING:
        raise NotNow(gettext("The ministry has answered; nothing can be asked any more."))


def review_clock_runs(review):
    """The due date cannot be changed while the clock is stopped by an open question."""
    if review.stopped_on:
        raise NotNow(gettext("The ministry waits for the answer to its question."))


def may_be_silent(review):
    """“No opinion” can be recorded only after the due date and without open questions.

    It can be recorded at once if the ministry has disowned the component.
    """
    if review.state == R.DISOWNED:
        return
    review_clock_runs(review)
    if not review.is_overdue(clock.today()):
        raise NotNow(gettext("The ministry has time until %s.") % day(last_day(review.due_on)))
