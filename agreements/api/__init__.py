"""Agreements, their amendments and their end as JSON."""

from .agreements import AgreementViewSet, PartyViewSet
from .amendments import AmendmentViewSet
from .terminations import TerminationViewSet

__all__ = ["AgreementViewSet", "AmendmentViewSet", "PartyViewSet", "TerminationViewSet"]
