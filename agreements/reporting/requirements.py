"""What must be true before a yearly report is begun or submitted."""

from django.urls import reverse
from django.utils.translation import gettext

from foundation.engine.workflow import NotNow
from foundation.time import clock

from .due_years import indicators_of, open_years


def is_a_year_to_report(report):
    """A year that has begun, of an agreement that was in force in it, once."""
    version = report.agreement.current()
    if not version.counts or report.fiscal_year not in open_years(report.agreement, version):
        raise NotNow(gettext("This year cannot be reported: see the years that are open."))


def year_is_over(report):
    """A year can be written about while it lasts, and is reported once it is over."""
    if report.fiscal_year >= clock.today().year:
        text = gettext("The year %s is not over: it is submitted from January on.")
        raise NotNow(text % report.fiscal_year)


def says_something(report):
    """What was done in words, and what each indicator of the proposal reached."""
    page = reverse("agreements:move-report", args=[report.pk, "write"])
    if not report.narrative.strip():
        raise NotNow(gettext("Nothing is written yet."), [(gettext("Write the report"), page)])
    told = set(report.indicators.values_list("indicator", flat=True))
    measured = indicators_of(report.agreement, report.fiscal_year)
    left = [row for row, target in measured if target is not None and row.pk not in told]
    if left:
        places = [(row.title, page) for row in left]
        raise NotNow(gettext("What these indicators reached is not reported yet."), places)
