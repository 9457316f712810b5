"""Agreements, their signatures, amendments and their end as JSON: the same forms and moves."""

from .agreements import AgreementViewSet, PartyViewSet
from .amendments import AmendmentViewSet
from .drafts import RemarkViewSet, TemplateViewSet
from .reports import EvaluationViewSet, ReportViewSet
from .signing import (
    CheckView,
    ConfirmationViewSet,
    CorrectionViewSet,
    DeedViewSet,
    DelegationViewSet,
    PaperViewSet,
)
from .terminations import TerminationViewSet

__all__ = [
    "AgreementViewSet",
    "AmendmentViewSet",
    "CheckView",
    "ConfirmationViewSet",
    "CorrectionViewSet",
    "DeedViewSet",
    "DelegationViewSet",
    "EvaluationViewSet",
    "PaperViewSet",
    "PartyViewSet",
    "RemarkViewSet",
    "ReportViewSet",
    "TemplateViewSet",
    "TerminationViewSet",
]
