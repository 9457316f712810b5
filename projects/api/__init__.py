"""Calls, ceilings, proposals and all that is said about them, for other systems."""

from .calls import CallViewSet
from .ceilings import CeilingViewSet
from .comments import CommentViewSet
from .conditions import ConditionViewSet
from .issues import IssueSideViewSet, IssueViewSet
from .letters import LetterViewSet
from .proposals import ProposalViewSet
from .reviews import QuestionViewSet, ReviewViewSet
from .rounds import PositionViewSet, RoundViewSet
from .sessions import SessionViewSet

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
