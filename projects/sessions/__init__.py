"""Visits and sessions on the proposals of a call."""
