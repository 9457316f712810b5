"""Calls, proposals, reviews and questions for other systems."""

from .calls import CallViewSet
from .proposals import ProposalViewSet
from .reviews import QuestionViewSet, ReviewViewSet

__all__ = ["CallViewSet", "ProposalViewSet", "QuestionViewSet", "ReviewViewSet"]
