"""SQL of days that are counted from the fiscal year of a line."""

from django.db.models import (
    DateField,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
)
from django.db.models.functions import Cast


def day_of_year(month, day, year=0):
    """SQL of a day in the fiscal year of each line, or in the year before it (``year=-1``)."""
    return Func(F("fiscal_year") + year, month, day, function="make_date", output_field=DateField())


def later(day, months):
    """SQL of the day ``months`` months later, or the last day of that month if it is shorter."""
    months = Cast(months, IntegerField())
    wait = Func(0, months, function="make_interval", output_field=DurationField())
    return Cast(ExpressionWrapper(day + wait, output_field=DateTimeField()), DateField())
