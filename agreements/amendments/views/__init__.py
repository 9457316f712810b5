"""Pages of amendments and terminations."""
