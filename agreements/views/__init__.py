"""Pages of agreements: the text, its parties, and the moves on the way to force."""
