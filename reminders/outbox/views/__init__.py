"""Pages of a person's notices and mail settings, and of the operation of the outbox."""
