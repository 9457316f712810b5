"""Yearly reports of an agreement and their evaluations."""
