"""Settlements that are due or overdue: years that were paid and not settled."""

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Least, TruncDate

from agreements.models import Version
from disbursements.ledger.models import Appropriation
from disbursements.years.days import day_of_year, later
from foundation.time.deadlines import latest_over

ENDED = (Version.State.TERMINATED, Version.State.COMPLETED)


def unsettled_lines(lines, today):
    """Those of ``lines`` whose year or agreement is over, with national funds paid and not settled.

    ``settle_by`` is as many months after the end of the year as the call sets, or after the end
    of the agreement if that is earlier.
    """
    ended = Version.objects.filter(agreement=OuterRef("agreement"), state__in=ENDED)
    lines = lines.filter(source="national", settlement=None, balance__paid__gt=0)
    lines = lines.exclude(state=Appropriation.State.SETTLED)
    lines = lines.alias(ended=Subquery(ended.values(day=TruncDate("changed_at"))[:1]))
    end = Least(day_of_year(12, 31), F("ended"))
    months = F("agreement__proposal__call__settlement_months")
    over = Q(fiscal_year__lt=today.year) | Q(ended__isnull=False)
    return lines.filter(over).annotate(settle_by=later(end, months))


def overdue_settlement(line, today):
    """The line of the earliest year before this one whose settlement is overdue, or None."""
    years = Appropriation.objects.filter(
        agreement=line.agreement_id, component=line.component_id, fiscal_year__lt=line.fiscal_year
    )
    overdue = unsettled_lines(years, today).filter(settle_by__lte=latest_over(today))
    return overdue.order_by("fiscal_year").first()
