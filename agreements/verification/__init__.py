"""Whether a PDF is the agreement it claims to be, and the archive of an agreement."""
