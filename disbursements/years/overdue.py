"""Overdue settlements: past years of a component, paid and not settled in time."""

from calendar import monthrange
from datetime import date

from disbursements.ledger.models import Appropriation
from foundation.time.deadlines import is_over


def settlement_day(line):
    """The deadline of a line's settlement: as many months after the year as the call sets."""
    month = line.agreement.proposal.call.settlement_months
    return date(line.fiscal_year + 1, month, monthrange(line.fiscal_year + 1, month)[1])


def overdue_settlement(line, today):
    """The line of the earliest year before this one whose settlement is overdue, or None."""
    years = Appropriation.objects.filter(
        agreement=line.agreement_id, component=line.component_id, source=line.source,
        fiscal_year__lt=line.fiscal_year, balance__paid__gt=0, settlement=None,
    ).exclude(state="settled")  # fmt: skip
    years = years.select_related("agreement__proposal__call").order_by("fiscal_year")
    return next((row for row in years if is_over(settlement_day(row), today)), None)
