"""Requirements for recording a session; each raises NotNow."""

from django.urls import reverse
from django.utils.translation import gettext

from foundation.engine.workflow import NotNow
from foundation.time import clock


def session_day_has_come(session):
    if session.held_on > clock.today():
        text = gettext(
            "The session is planned for %s. Record it once it was held, or change the day."
        )
        raise NotNow(
            text % session.held_on,
            [(gettext("Move the session to another day"), at(session, "redate"))],
        )


def has_members_and_agenda(session):
    """The session has at least one member and one agenda item."""
    if not session.members.exists() or not session.items.exists():
        text = gettext("Before this can be recorded, name the members and the agenda.")
        raise NotNow(text, [(gettext("Change the plan"), at(session, "revise"))])


def at(session, move):
    return reverse("projects:move-session", args=[session.pk, move])
