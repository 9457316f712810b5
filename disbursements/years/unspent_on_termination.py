"""Unspent money of each line of an agreement that is terminated; frozen by the decision."""

from .models import UnspentLine

COLUMNS = ("agreed", "granted", "paid", "executed")


def sheet_of(termination):
    """The rows of the fact sheet: those frozen by the decision, or else the current ones."""
    frozen = list(termination.unspent_lines.for_page())
    return frozen or rows_now(termination)


def rows_now(termination):
    lines = termination.agreement.appropriations.for_list()
    return [
        UnspentLine(
            termination=termination,
            appropriation=line,
            unpaid=max(line.balance.granted - line.balance.paid, 0),
            unspent=max(line.balance.spendable, 0),
            **{name: getattr(line.balance, name) for name in COLUMNS},
        )
        for line in sorted(lines, key=lambda line: (line.component_id, line.fiscal_year, line.pk))
    ]


def freeze_the_sheet(termination):
    UnspentLine.objects.bulk_create(rows_now(termination))
