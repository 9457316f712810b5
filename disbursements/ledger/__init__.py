"""Lines of money and the ledger of entries on them, which only grows."""
