"""Conditions on which a ministry accepts, until each is met or waived."""
