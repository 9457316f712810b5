"""All models of agreements: versions, parties, signatures, commitments and more."""

from .amendments.models import Amendment, Heir, Termination
from .consent.models import SCHEDULE, Resolution, Stance
from .corrections.models import TEXTS, Confirmation, CorrectedArticle, Correction
from .drafting.models import Remark, Template, TemplateArticle
from .keys.models import SigningKey
from .reporting.models import Evaluation, ReportedIndicator, ReportedSpending, YearlyReport
from .signing.models import Deed, Delegation, PaperSignature
from .versions.models import Agreement, Article, Commitment, Party, ScheduleLine, Signature, Version

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
