"""Pages of reminder rules and of decreed holidays."""
