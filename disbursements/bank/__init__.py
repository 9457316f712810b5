"""Payments through a bank file: accounts, batches, and the bank's confirmations."""
