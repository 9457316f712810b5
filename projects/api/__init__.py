"""Calls, ceilings, proposals, reviews and questions for other systems."""

from .calls import CallViewSet
from .ceilings import CeilingViewSet
from .proposals import ProposalViewSet
from .reviews import QuestionViewSet, ReviewViewSet

__all__ = ["CallViewSet", "CeilingViewSet", "ProposalViewSet", "QuestionViewSet", "ReviewViewSet"]
