"""Conditions begin with the ministry's confirmed answer and end with the proposal."""

from foundation import clock
from foundation.workflow import move_on


def impose_conditions(review):
    for condition in review.conditions.filter(state="").order_by("pk"):
        move_on("impose", condition)


def note_the_day_imposed(condition):
    condition.imposed_on = clock.today()


def lapse_conditions(proposal):
    """Nobody meets conditions of what goes back or is over."""
    for condition in proposal.conditions.unsettled().order_by("pk"):
        move_on("lapse", condition)
