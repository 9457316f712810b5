"""Calls, ceilings, proposals, their reviews and decisions as JSON, for other systems."""

from .calls.api import CallViewSet, CeilingViewSet
from .comments.api import CommentViewSet
from .conditions.api import ConditionViewSet
from .coordination.api import PositionViewSet, RoundViewSet
from .issues.api import IssueSideViewSet, IssueViewSet
from .proposals.api import ProposalViewSet
from .reviews.api import QuestionViewSet, ReviewViewSet
from .selection.api import LetterViewSet
from .sessions.api import SessionViewSet

__all__ = [
    "CallViewSet",
    "CeilingViewSet",
    "CommentViewSet",
    "ConditionViewSet",
    "IssueSideViewSet",
    "IssueViewSet",
    "LetterViewSet",
    "PositionViewSet",
    "ProposalViewSet",
    "QuestionViewSet",
    "ReviewViewSet",
    "RoundViewSet",
    "SessionViewSet",
]
