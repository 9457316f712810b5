"""What is paid: lines of money, their ledger, and what moves along them."""

from .balances import INSIDE, Balance, Pot
from .carrying import CarryOver
from .entries import Entry
from .lines import Appropriation
from .resolving import GapResolution
from .settling import Settlement
from .stages import LOCAL, NATIONAL, ROADS, Account, CarryKind, Stage, road_of
from .terminating import UnspentLine
from .tranches import Tranche

__all__ = [
    "INSIDE",
    "LOCAL",
    "NATIONAL",
    "ROADS",
    "Account",
    "Appropriation",
    "Balance",
    "CarryKind",
    "CarryOver",
    "Entry",
    "GapResolution",
    "Pot",
    "Settlement",
    "Stage",
    "Tranche",
    "UnspentLine",
    "road_of",
]
