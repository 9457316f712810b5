"""Pages of a person's work, their calendar and their handovers."""
