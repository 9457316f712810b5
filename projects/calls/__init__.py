"""Calls for proposals, and the ceilings of ministries over them."""
