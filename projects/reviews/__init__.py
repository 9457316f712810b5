"""Reviews of proposals by ministries, component by component, and their questions."""
