"""Consent of the parties clause by clause, and resolutions of the committee."""
