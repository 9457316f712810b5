"""Pages on which the parts and components of a proposal are written."""
