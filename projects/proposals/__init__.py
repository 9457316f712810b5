"""Proposals: content, states, submission, revisions, comparison and printing."""
