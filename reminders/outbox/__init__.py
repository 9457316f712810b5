"""Reminders and news: recipients, notices, mail settings and sending."""
