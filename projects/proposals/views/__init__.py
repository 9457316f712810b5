"""Pages of proposals: list, one proposal, comparison of revisions, printing."""
