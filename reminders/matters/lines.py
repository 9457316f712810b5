"""What the matters of money have in common: lines, and days reckoned from their year."""

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

CAME = (Stage.VOTED, Stage.DRAWN, Stage.CARRIED_IN)  # how money comes into a line


def national_lines(today):
    """Lines of national funds of this fiscal year."""
    lines = Appropriation.objects.for_list().filter(state="open", source="national")
    return lines.filter(fiscal_year=today.year)


def of_agreements(rows, *states):
    """Lines of agreements of which a version is in one of these states: one at most is."""
    return rows.filter(agreement__versions__state__in=states)


def day_of_year(month, day, year=0):
    """A day of the fiscal year of each line, or of the one before it (-1)."""
    return Func(F("fiscal_year") + year, month, day, function="make_date", output_field=DateField())


def later(day, months):
    """The same day of a later month, or its last day."""
    months = Cast(months, IntegerField())
    wait = Func(0, months, function="make_interval", output_field=DurationField())
    return Cast(ExpressionWrapper(day + wait, output_field=DateTimeField()), DateField())
