"""Reviews with their marks, supported amounts and conflicts of interest, and questions."""

from .questions import Question
from .reviews import Conflict, Mark, Review, SupportedLine

__all__ = ["Conflict", "Mark", "Question", "Review", "SupportedLine"]
