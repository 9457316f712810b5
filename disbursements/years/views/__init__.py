"""Pages of gaps, carry-overs, settlements and of what is unspent on termination."""
