"""Pages of reviews: the reviewer's queue, one review, questions, the board."""
