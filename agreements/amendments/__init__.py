"""Amendments of an agreement that is in force, and its termination."""
