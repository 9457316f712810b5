"""Pages of calls and ceilings."""
