"""Moves made by people and programs: pages, forms, JSON API, many rows at once."""
