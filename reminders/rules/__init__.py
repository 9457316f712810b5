"""Rules of reminders for a call or for all, and holidays decreed at short notice."""
