"""Calls, ceilings, proposals and all that is said about them, for other systems."""

from .calls import CallViewSet
from .ceilings import CeilingViewSet
from .comments import CommentViewSet
from .issues import IssueSideViewSet, IssueViewSet
from .proposals import ProposalViewSet
from .reviews import QuestionViewSet, ReviewViewSet
from .sessions import SessionViewSet

__all__ = [
    "CallViewSet",
    "CeilingViewSet",
    "CommentViewSet",
    "IssueSideViewSet",
    "IssueViewSet",
    "ProposalViewSet",
    "QuestionViewSet",
    "ReviewViewSet",
    "SessionViewSet",
]
