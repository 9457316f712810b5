"""Pages of the ranking and of decision letters."""
