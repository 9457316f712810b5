"""Helpers for matters of money: querysets of lines, and days counted from their fiscal year."""

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

from disbursements.models import Appropriation, Stage

CAME = (Stage.VOTED, Stage.DRAWN, Stage.CARRIED_IN)  # the stages by which money comes into a line


def national_lines(today):
    """Lines of national funds of this fiscal year."""
    lines = Appropriation.objects.for_list().filter(state="open", source="national")
    return lines.filter(fiscal_year=today.year)


def of_agreements(rows, *states):
    """Lines of agreements with a version in one of these states (at most one version is)."""
    return rows.filter(agreement__versions__state__in=states)


def day_of_year(month, day, year=0):
    """SQL of a day in the fiscal year of each line, or in the year before it (``year=-1``)."""
    return Func(F("fiscal_year") + year, month, day, function="make_date", output_field=DateField())


def later(day, months):
    """SQL of the day ``months`` months later, or the last day of that month if it is shorter."""
    months = Cast(months, IntegerField())
    wait = Func(0, months, function="make_interval", output_field=DurationField())
    return Cast(ExpressionWrapper(day + wait, output_field=DateTimeField()), DateField())
