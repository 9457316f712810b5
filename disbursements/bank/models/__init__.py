"""Bank accounts, payment batches, and lines of the bank's answer."""

from .bank_accounts import Bank, BankAccount
from .batches import BankFile, BankLine, BatchItem, PaymentBatch

__all__ = ["Bank", "BankAccount", "BankFile", "BankLine", "BatchItem", "PaymentBatch"]
