"""All models of this app: lines of money, the ledger, tranches, bank files, years."""

from .bank.models import Bank, BankAccount, BankFile, BankLine, BatchItem, PaymentBatch
from .ledger.models import (
    INSIDE,
    LOCAL,
    NATIONAL,
    ROADS,
    Account,
    Appropriation,
    Balance,
    CarryKind,
    Entry,
    Pot,
    Stage,
    road_of,
)
from .tranches.models import Tranche
from .years.models import CarryOver, GapResolution, Settlement, UnspentLine

__all__ = [
    "INSIDE",
    "LOCAL",
    "NATIONAL",
    "ROADS",
    "Account",
    "Appropriation",
    "Balance",
    "Bank",
    "BankAccount",
    "BankFile",
    "BankLine",
    "BatchItem",
    "CarryKind",
    "CarryOver",
    "Entry",
    "GapResolution",
    "PaymentBatch",
    "Pot",
    "Settlement",
    "Stage",
    "Tranche",
    "UnspentLine",
    "road_of",
]
