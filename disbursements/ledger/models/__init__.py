"""Lines of money, ledger entries, stages, and balances kept by the database."""

from .balances import INSIDE, Balance, Pot
from .entries import Entry
from .lines import Appropriation
from .stages import FIGURES, LOCAL, NATIONAL, ROADS, Account, CarryKind, Stage, road_of

__all__ = [
    "FIGURES",
    "INSIDE",
    "LOCAL",
    "NATIONAL",
    "ROADS",
    "Account",
    "Appropriation",
    "Balance",
    "CarryKind",
    "Entry",
    "Pot",
    "Stage",
    "road_of",
]
