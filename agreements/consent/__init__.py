"""Consent of the parties clause by clause, and the committee's resolution."""
