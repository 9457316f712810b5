"""Reminders and news: who is reminded of what, and how it is sent."""
