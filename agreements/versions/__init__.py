"""Versions of an agreement: articles, schedule, parties, commitments, workflow."""
