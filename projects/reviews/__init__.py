"""What ministries answer to a proposal, component by component, and what they ask before."""
