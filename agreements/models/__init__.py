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
from .remarks import Remark
from .reports import Evaluation, ReportedIndicator, ReportedSpending, YearlyReport
from .resolutions import Resolution
from .stances import SCHEDULE, Stance
from .templates import Template, TemplateArticle
from .terminations import Termination
from .versions import Article, ScheduleLine, Version

__all__ = [
    "SCHEDULE",
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
    "Evaluation",
    "Heir",
    "PaperSignature",
    "Party",
    "Remark",
    "ReportedIndicator",
    "ReportedSpending",
    "Resolution",
    "ScheduleLine",
    "Signature",
    "SigningKey",
    "Stance",
    "Template",
    "TemplateArticle",
    "Termination",
    "Version",
    "YearlyReport",
]
