"""Topics of mails that a person can turn off.

Compulsory, without a topic: own matters due today or overdue, decision letters, minor
amendments to which one may object, and work or a post that was handed over.
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
    """The topics of which ``person`` may get mails today, with their labels."""
    coming = {kind.name for kind in KINDS if kind.reminds and person.may_somewhere(kind.permission)}
    levels = (level for kind in KINDS for level in kind.escalation)
    if any(person.may_somewhere(level.permission) for level in levels):
        coming.add(ESCALATED)
    if any(post.role == Role.DRAFTER for post in person.posts):
        coming |= NEWS.keys()
    return {topic: label for topic, label in TOPICS.items() if topic in coming}
