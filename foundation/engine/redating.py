"""Another deadline for a record: a move with a reason in the history, never an edit."""

from datetime import timedelta

from django.utils.translation import gettext

from foundation.time import clock

from .moves import NotNow

AHEAD = timedelta(days=366)  # the furthest day that one move can set


def refuse_day(day, today):
    """Raise NotNow unless ``day`` is from today on and within a year."""
    if day < today:
        raise NotNow(gettext("Choose today or a later day."))
    refuse_far_day(day, today)


def refuse_far_day(day, today):
    """Raise NotNow for a day more than a year ago or ahead."""
    if not today - AHEAD <= day <= today + AHEAD:
        raise NotNow(gettext("Choose a day within a year from today."))


def new_day_is_possible(record, act):
    """A check of a move that sets ``due_on``."""
    refuse_day(act.data["due_on"], clock.today())


def held_day_is_possible(record, act):
    """A check of a move that sets ``held_on``; what took place earlier may be in the past."""
    refuse_far_day(act.data["held_on"], clock.today())
