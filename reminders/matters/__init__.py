"""What is open today, kind by kind: the rows on which somebody must act."""
