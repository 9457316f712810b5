"""Open matters by kind: the rows on which somebody must act today."""
