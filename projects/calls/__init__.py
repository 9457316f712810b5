"""Calls for proposals, and the yearly ceilings of the ministries."""
