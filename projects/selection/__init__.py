"""Selection of proposals: ranking, selecting, reserve, return, and the decision letters."""
