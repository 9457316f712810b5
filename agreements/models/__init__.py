"""What is promised: agreements, their versions, parties and signatures, commitments."""

from .agreements import Agreement
from .amendments import Amendment, Heir
from .commitments import Commitment
from .parties import Party, Signature
from .terminations import Termination
from .versions import Article, ScheduleLine, Version

__all__ = [
    "Agreement",
    "Amendment",
    "Article",
    "Commitment",
    "Heir",
    "Party",
    "ScheduleLine",
    "Signature",
    "Termination",
    "Version",
]
