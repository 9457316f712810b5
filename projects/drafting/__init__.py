"""How a proposal is written: part by part, with a task list, hints and unsaved text."""
