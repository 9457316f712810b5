"""Which proposals are selected: ranking, selection, reserve, return, and the decision letters."""
