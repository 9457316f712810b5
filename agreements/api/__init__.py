"""Agreements for programs: the same forms and moves as on the pages."""

from .agreements import AgreementViewSet, PartyViewSet
from .signing import (
    CheckView,
    ConfirmationViewSet,
    CorrectionViewSet,
    DeedViewSet,
    DelegationViewSet,
    PaperViewSet,
)

__all__ = [
    "AgreementViewSet",
    "CheckView",
    "ConfirmationViewSet",
    "CorrectionViewSet",
    "DeedViewSet",
    "DelegationViewSet",
    "PaperViewSet",
    "PartyViewSet",
]
