"""Progress of conditions: how many are met."""

from .models import Condition


def progress(conditions):
    """(number met or waived, number of all without lapsed ones)."""
    counted = [row for row in conditions if row.state != Condition.State.LAPSED]
    return sum(row.state in Condition.DECIDED for row in counted), len(counted)
