"""What is promised: agreements, their versions, parties and signatures, commitments."""

from .agreements import Agreement
from .commitments import Commitment
from .parties import Party, Signature
from .versions import Article, ScheduleLine, Version

__all__ = ["Agreement", "Article", "Commitment", "Party", "ScheduleLine", "Signature", "Version"]
