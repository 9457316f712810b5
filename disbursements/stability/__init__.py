"""Stability of promised funds: measures, forecast, and the effects of a cut."""
