"""A proposal read beside its review, and what a ministry's people note there."""
