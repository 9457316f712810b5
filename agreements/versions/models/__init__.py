"""Agreements, their versions with articles and schedule, parties, signatures and commitments."""

from .agreements import Agreement
from .commitments import Commitment
from .parties import Party, Signature
from .versions import Article, ScheduleLine, Version, in_english

__all__ = [
    "Agreement",
    "Article",
    "Commitment",
    "Party",
    "ScheduleLine",
    "Signature",
    "Version",
    "in_english",
]
