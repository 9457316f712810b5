"""How a move is made from outside: pages, forms, JSON, many rows at once."""
