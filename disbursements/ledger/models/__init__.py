"""Lines of money, ledger entries, stages, and balances kept by the database."""

from .balances import INSIDE, Balance, Pot
from .entries import Entry
from .lines import Appropriation
from .stages import LOCAL, NATIONAL, ROADS, TOLD, Account, CarryKind, Stage, road_of

__all__ = [
    "INSIDE",
    "LOCAL",
    "NATIONAL",
    "ROADS",
    "TOLD",
    "Account",
    "Appropriation",
    "Balance",
    "CarryKind",
    "Entry",
    "Pot",
    "Stage",
    "road_of",
]
