"""The clock, working days, holidays decreed at short notice, and days left until a deadline."""
