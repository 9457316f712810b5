"""The page with a proposal beside its review, and the internal comments of a ministry."""
