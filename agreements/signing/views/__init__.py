"""Pages on which parties sign, delegate, and read the signed documents."""
