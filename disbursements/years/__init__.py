"""The end of a fiscal year: gaps, carry-overs, settlements, and what is unspent on termination."""
