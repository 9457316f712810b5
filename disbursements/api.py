"""Money as JSON: lines, tranches, carry-overs, gaps, settlements and stability."""

from .ledger.api import AppropriationViewSet
from .stability.api import StabilityViewSet
from .tranches.api import TrancheViewSet
from .years.api import CarryOverViewSet, GapResolutionViewSet, SettlementViewSet

__all__ = [
    "AppropriationViewSet",
    "CarryOverViewSet",
    "GapResolutionViewSet",
    "SettlementViewSet",
    "StabilityViewSet",
    "TrancheViewSet",
]
