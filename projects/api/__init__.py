"""Calls, ceilings, proposals, reviews, questions and comments for other systems."""

from .calls import CallViewSet
from .ceilings import CeilingViewSet
from .comments import CommentViewSet
from .proposals import ProposalViewSet
from .reviews import QuestionViewSet, ReviewViewSet

__all__ = [
    "CallViewSet",
    "CeilingViewSet",
    "CommentViewSet",
    "ProposalViewSet",
    "QuestionViewSet",
    "ReviewViewSet",
]
