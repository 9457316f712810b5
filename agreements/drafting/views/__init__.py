"""Pages of a draft, of templates and of remarks."""
