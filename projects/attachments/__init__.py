"""Files attached to a proposal."""
