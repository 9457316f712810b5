"""Whether the promise is kept: measures, forecast, and what a reduction would do."""
