"""Signatures on an agreement: here, with another tool or on paper; and entry into force."""
