"""The workflow engine: records whose state changes by a table of moves, and their history."""
