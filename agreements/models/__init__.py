"""What is promised: agreements, their versions, parties and signatures, commitments."""

from .agreements import Agreement
from .amendments import Amendment, Heir
from .commitments import Commitment
from .corrections import TEXTS, Confirmation, CorrectedArticle, Correction
from .deeds import Deed
from .delegations import Delegation
from .keys import SigningKey
from .papers import PaperSignature
from .parties import Party, Signature
from .terminations import Termination
from .versions import Article, ScheduleLine, Version

__all__ = [
    "TEXTS",
    "Agreement",
    "Amendment",
    "Article",
    "Commitment",
    "Confirmation",
    "CorrectedArticle",
    "Correction",
    "Deed",
    "Delegation",
    "Heir",
    "PaperSignature",
    "Party",
    "ScheduleLine",
    "Signature",
    "SigningKey",
    "Termination",
    "Version",
]
