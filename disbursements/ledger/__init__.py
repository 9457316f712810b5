"""Lines of money and the append-only ledger of their entries."""
