"""Pages of statements of account and of fiscal years."""
