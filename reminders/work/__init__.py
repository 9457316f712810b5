"""My work: what waits for a person, and what they hand over."""
