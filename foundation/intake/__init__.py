"""Uploaded files: which kinds are accepted, and spreadsheets read safely."""
