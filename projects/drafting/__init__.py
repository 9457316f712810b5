"""Writing a proposal: its parts, task list, hints, citations of plans and unsaved text."""
