"""Years of an agreement to be reported, their due days, and what a report must contain."""

from django.db.models import Case, DateField, Exists, OuterRef, Q, Value, When

from accounts.models import Organisation
from agreements.versions.models import Party, Version
from foundation.time import clock
from foundation.time.calendar import last_working_day
from projects.models import Indicator, Source

from .models import YearlyReport

YEARS_BACK = 10  # no agreement lasts longer
MINISTRIES = (Party.Role.LEAD_MINISTRY, Party.Role.MINISTRY)


def due_day(year):
    """The due day of a yearly report: the last working day of February of the next year."""
    return last_working_day(year + 1, 2)


def unreported(today):
    """Versions (in force, suspended, completed) with an unreported past year, as ``report_due``.

    ``report_due`` is the due day of the oldest such year, which stays due until it is reported.
    """
    years = range(today.year - YEARS_BACK, today.year)
    missing = {year: is_missing(year) for year in years}
    rows = Version.objects.filter(state__in=["in_force", "suspended", "completed"])
    cases = [When(found, then=Value(due_day(year))) for year, found in missing.items()]
    rows = rows.annotate(report_due=Case(*cases, default=None, output_field=DateField()))
    return rows.filter(report_due__isnull=False)


def is_missing(year):
    reported = YearlyReport.objects.filter(agreement=OuterRef("agreement"), fiscal_year=year)
    return Q(first_year__lte=year, last_year__gte=year) & ~Q(Exists(reported))


def open_years(agreement, version):
    """The years up to this one that are not reported yet."""
    reported = set(agreement.reports.values_list("fiscal_year", flat=True))
    return [year for year in version.years if year <= clock.today().year and year not in reported]


def indicators_of(agreement, year):
    """The indicators of the signed proposal, each with its target of the year or None."""
    rows = Indicator.objects.filter(proposal=agreement.proposal_id).prefetch_related("targets")
    return [
        (row, next((t.value for t in row.targets.all() if t.year == year), None))
        for row in rows.order_by("pk")
    ]


def promised_amounts(agreement, year):
    """[(component, source, won)] that the current version promises for the year."""
    places = list(Source)
    version = agreement.current()
    lines = version.commitments.filter(fiscal_year=year).select_related("component")
    return sorted(
        ((line.component, line.source, line.won) for line in lines),
        key=lambda line: (line[0].pk, places.index(line[1])),
    )


def evaluators_of(agreement):
    """The ministries among the parties, then the coordination body, each once."""
    parties = agreement.current().parties.staying().filter(role__in=MINISTRIES)
    bodies = list(parties.order_by("position", "pk").values_list("organisation", flat=True))
    coordination = Organisation.objects.coordination_body(clock.today())
    return bodies + [coordination.pk] * bool(coordination)
