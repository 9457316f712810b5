"""Pages of what is due, and of how one is told of it."""
