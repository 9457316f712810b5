"""Tranches: parts of a year's national funds, requested, granted and paid."""
