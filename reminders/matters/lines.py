"""Helpers for matters of money: querysets of lines, and days counted from their fiscal year."""

from disbursements.models import Appropriation, Stage

CAME = (Stage.VOTED, Stage.DRAWN, Stage.CARRIED_IN)  # the stages by which money comes into a line


def national_lines(today):
    """Lines of national funds of this fiscal year."""
    lines = Appropriation.objects.for_list().filter(state="open", source="national")
    return lines.filter(fiscal_year=today.year)


def of_agreements(rows, *states):
    """Lines of agreements with a version in one of these states (at most one version is)."""
    return rows.filter(agreement__versions__state__in=states)
