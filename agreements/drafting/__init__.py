"""Drafting the text of an agreement: templates, first draft, remarks of the parties."""
