"""Pages of agreements and their versions."""
