"""What must be true before a review or a question moves."""

from django.utils.translation import gettext

from foundation.engine.workflow import NotNow
from foundation.time import clock

from .models import Review

R = Review.State


def has_an_answer(review):
    if not review.answer:
        raise NotNow(gettext("There is no answer to confirm."))


def has_all_marks(review):
    """Whoever owns the component has marked it by every criterion of the call."""
    wanted = review.proposal.call.criteria.count()
    if review.answer != Review.Answer.NOT_OURS and review.marks.count() != wanted:
        raise NotNow(gettext("Marks are missing. Send it back, so that every criterion has one."))


def has_its_conditions(review):
    """Conditions come with an acceptance, each with an owner among the parties and a day ahead."""
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


def may_still_be_asked(question):
    """A question helps an answer that is still to come, and no longer one that is prepared."""
    if question.review.state != R.WAITING:
        raise NotNow(gettext("The ministry has answered; nothing can be asked any more."))


def its_time_runs(review):
    """While a question is open no day counts; the days waited are given back afterwards."""
    if review.stopped_on:
        raise NotNow(gettext("The ministry waits for the answer to its question."))


def is_overdue(review):
    """Silence may be recorded only after the due date, and not while a question is open.

    A component that its ministry has disowned waits for nobody.
    """
    if review.state == R.DISOWNED:
        return
    its_time_runs(review)
    if clock.today() <= review.due_on:
        raise NotNow(gettext("The ministry has time until %s.") % review.due_on)
