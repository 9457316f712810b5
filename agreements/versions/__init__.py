"""The text of an agreement in its versions: articles, schedule, parties, commitments, its life."""
