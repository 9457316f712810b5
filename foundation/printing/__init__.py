"""Documents to print: their shape as plain values, their PDF, the characters the fonts have."""
