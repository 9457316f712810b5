"""All API views of agreements; they use the same forms and moves as the pages."""

from .amendments.api import AmendmentViewSet, TerminationViewSet
from .corrections.api import ConfirmationViewSet, CorrectionViewSet
from .drafting.api import RemarkViewSet, TemplateViewSet
from .reporting.api import EvaluationViewSet, ReportViewSet
from .signing.api import DeedViewSet, DelegationViewSet, PaperViewSet
from .verification.api import CheckView
from .versions.api import AgreementViewSet, PartyViewSet

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
