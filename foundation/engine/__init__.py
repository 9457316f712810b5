"""The workflow engine: records that move by a table, and the history of every move."""
