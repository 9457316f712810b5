"""Rounds of coordination: amounts proposed to all parties, and the positions of the parties."""
