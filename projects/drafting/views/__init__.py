"""Pages to edit the parts and components of a proposal."""
