"""Rounds of coordination: the amounts proposed to all parties, and their positions."""
