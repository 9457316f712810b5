"""Payments through a bank file: accounts, batches, and what the bank says became of them."""
