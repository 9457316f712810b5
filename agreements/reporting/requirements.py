"""What must be true before a yearly report is begun or submitted."""

from django.urls import reverse
from django.utils.translation import gettext

from foundation.engine.workflow import NotNow
from foundation.time import clock

from .due_years import indicators_of, open_years


def is_reportable_year(report):
    """The year has begun, the agreement was in force in it, and it is not reported yet."""
    version = report.agreement.current()
    if not version.counts or report.fiscal_year not in open_years(report.agreement, version):
        raise NotNow(gettext("This year cannot be reported: see the years that are open."))


def year_is_over(report):
    """A report can be written during its year, but is submitted only after the year is over."""
    if report.fiscal_year >= clock.today().year:
        text = gettext("The year %s is not over: it is submitted from January on.")
        raise NotNow(text % report.fiscal_year)


def report_is_complete(report):
    """The narrative is written, and every indicator with a target has a value."""
    page = reverse("agreements:move-report", args=[report.pk, "write"])
    if not report.narrative.strip():
        raise NotNow(gettext("Nothing is written yet."), [(gettext("Write the report"), page)])
    reported = set(report.indicators.values_list("indicator", flat=True))
    measured = indicators_of(report.agreement, report.fiscal_year)
    left = [row for row, target in measured if target is not None and row.pk not in reported]
    if left:
        places = [(row.title, page) for row in left]
        raise NotNow(gettext("What these indicators reached is not reported yet."), places)
