"""Calls, ceilings, proposals, reviews, questions, issues and sessions for other systems."""

from .calls import CallViewSet
from .ceilings import CeilingViewSet
from .issues import IssueSideViewSet, IssueViewSet
from .proposals import ProposalViewSet
from .reviews import QuestionViewSet, ReviewViewSet
from .sessions import SessionViewSet

__all__ = [
    "CallViewSet",
    "CeilingViewSet",
    "IssueSideViewSet",
    "IssueViewSet",
    "ProposalViewSet",
    "QuestionViewSet",
    "ReviewViewSet",
    "SessionViewSet",
]
