"""Pages of the rules of reminders and of decreed holidays."""
