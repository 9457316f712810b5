"""The workflow tables of this app."""

from .bank.workflow import BANK_ACCOUNT, BANK_LINE, PAYMENT_BATCH
from .ledger.workflow import APPROPRIATION
from .tranches.workflow import TRANCHE
from .years.workflow import CARRY_OVER, GAP_RESOLUTION, SETTLEMENT

__all__ = [
    "APPROPRIATION",
    "BANK_ACCOUNT",
    "BANK_LINE",
    "CARRY_OVER",
    "GAP_RESOLUTION",
    "PAYMENT_BATCH",
    "SETTLEMENT",
    "TRANCHE",
]
