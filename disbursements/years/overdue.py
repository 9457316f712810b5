"""Years of a component that are over, paid, and not accounted for in time."""

from calendar import monthrange
from datetime import date

from disbursements.ledger.models import Appropriation
from foundation.time.calendar import working_day_from


def settlement_day(line):
    """Until when the year of a line is settled: so many months after its end, as the call says."""
    month = line.agreement.proposal.call.settlement_months
    return date(line.fiscal_year + 1, month, monthrange(line.fiscal_year + 1, month)[1])


def overdue_settlement(line, today):
    """The earliest year before this one of which the settlement is overdue, or None."""
    years = Appropriation.objects.filter(
        agreement=line.agreement_id, component=line.component_id, source=line.source,
        fiscal_year__lt=line.fiscal_year, balance__paid__gt=0, settlement=None,
    ).exclude(state="settled")  # fmt: skip
    years = years.select_related("agreement__proposal__call").order_by("fiscal_year")
    return next((row for row in years if working_day_from(settlement_day(row)) < today), None)
