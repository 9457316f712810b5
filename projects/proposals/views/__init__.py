"""Pages of proposals: the list, one proposal, two revisions side by side, printing."""
