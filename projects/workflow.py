"""All workflows of the app: which moves each kind of record has, from which state, and by whom."""

from .calls.workflow import CALL, CEILING
from .comments.workflow import COMMENT
from .conditions.workflow import CONDITION
from .coordination.workflow import POSITION, ROUND
from .issues.workflow import ISSUE, ISSUE_SIDE
from .proposals.workflow import PROPOSAL
from .reviews.workflow import INTERESTED, QUESTION, REVIEW
from .selection.workflow import LETTER
from .sessions.workflow import SESSION

__all__ = [
    "CALL",
    "CEILING",
    "COMMENT",
    "CONDITION",
    "INTERESTED",
    "ISSUE",
    "ISSUE_SIDE",
    "LETTER",
    "POSITION",
    "PROPOSAL",
    "QUESTION",
    "REVIEW",
    "ROUND",
    "SESSION",
]
