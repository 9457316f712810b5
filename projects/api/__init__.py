"""Calls, ceilings, proposals, reviews, questions and rounds for other systems."""

from .calls import CallViewSet
from .ceilings import CeilingViewSet
from .proposals import ProposalViewSet
from .reviews import QuestionViewSet, ReviewViewSet
from .rounds import PositionViewSet, RoundViewSet

__all__ = [
    "CallViewSet",
    "CeilingViewSet",
    "PositionViewSet",
    "ProposalViewSet",
    "QuestionViewSet",
    "ReviewViewSet",
    "RoundViewSet",
]
