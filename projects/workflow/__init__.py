"""The tables of this room: what may happen to each kind of record, when, and by whom."""

from .calls import CALL, CEILING, SESSION
from .coordination import ISSUE, ISSUE_SIDE, POSITION, ROUND
from .proposals import LETTER, PROPOSAL
from .reviews import COMMENT, CONDITION, INTERESTED, QUESTION, REVIEW

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
