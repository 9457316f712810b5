"""Check of a PDF: is it the agreement it claims to be? And the archive of an agreement."""
