"""Calls, ceilings, proposals, reviews, questions, conditions and letters for other systems."""

from .calls import CallViewSet
from .ceilings import CeilingViewSet
from .conditions import ConditionViewSet
from .letters import LetterViewSet
from .proposals import ProposalViewSet
from .reviews import QuestionViewSet, ReviewViewSet

__all__ = [
    "CallViewSet",
    "CeilingViewSet",
    "ConditionViewSet",
    "LetterViewSet",
    "ProposalViewSet",
    "QuestionViewSet",
    "ReviewViewSet",
]
