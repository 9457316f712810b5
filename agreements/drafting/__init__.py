"""How the text of an agreement is drafted: from templates, with remarks of the parties."""
