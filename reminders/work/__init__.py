"""My work: open matters of a person, their calendar and their handovers."""
