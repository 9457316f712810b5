"""What is promised, voted, paid and executed, in tables: by agreement, ministry and year."""
