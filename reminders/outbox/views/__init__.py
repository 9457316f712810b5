"""Pages of a person's notices and preferences, and of the outbox's operation."""
