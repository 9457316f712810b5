"""What one may do without: each topic of mails that can be turned off.

Compulsory is, under no topic: what is due today or late for oneself, a decision letter, a
minor amendment to which one may object, and work or a post that is handed to oneself.
"""

from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from reminders.matters.kinds import KINDS

CHANGED = _("The open call was changed")
NEWS = {"call_changed": CHANGED}
ESCALATED = "escalated"
ALL = "all"
TOPICS = {
    **{kind.name: kind.label for kind in KINDS if kind.reminds},
    ESCALATED: _("What is late with others and has come up to you"),
    **NEWS,
}


def topics_of(person):
    """The topics under which ``person`` may be written to today, with their words."""
    coming = {kind.name for kind in KINDS if kind.reminds and person.may_somewhere(kind.permission)}
    rungs = (rung for kind in KINDS for rung in kind.ladder)
    if any(person.may_somewhere(rung.permission) for rung in rungs):
        coming.add(ESCALATED)
    if any(post.role == Role.DRAFTER for post in person.posts):
        coming |= NEWS.keys()
    return {topic: label for topic, label in TOPICS.items() if topic in coming}
