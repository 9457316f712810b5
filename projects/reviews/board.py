"""Rows of the board: the state of each review, who must act, and the working days left."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Role

from .models import Review

R = Review.State


@dataclass(frozen=True)
class BoardRow:
    """One review as a row of the board."""

    review: Review
    shown: bool
    holder: str

    @property
    def days_left(self):
        return self.review.days_left

    @property
    def is_late(self):
        return self.review.is_late


def rows(reviews, user):
    """A BoardRow for each review, in the same order."""
    return [BoardRow(review, review.shows_answer_to(user), holder(review)) for review in reviews]


def holder(review):
    """Text of who must act; empty once the review is closed."""
    if review.is_closed:
        return ""
    if review.state == R.DISOWNED:
        return _("coordinator")
    if review.stopped_on:
        return _("%s (question)") % review.proposal.applicant
    if review.state == R.ANSWERED:
        return _("%s, approver") % review.ministry
    if review.assigned_to and review.is_held:
        return f"{review.ministry}, {reviewer_of(review)}"
    return _("%s, reviewer") % review.ministry


def reviewer_of(review):
    """The assigned reviewer, with the deputy while the reviewer is away."""
    person = review.assigned_to
    for absence in person.away:
        if (absence.organisation_id, absence.role) == (review.ministry_id, Role.REVIEWER):
            return _("%(person)s (deputy: %(deputy)s)") % {
                "person": person,
                "deputy": absence.deputy,
            }
    return str(person)
