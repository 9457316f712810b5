"""The ledger of an agreement's money as plain values, for its archive."""

from disbursements.ledger.models import Appropriation


def ledger(agreement):
    """Every line of money with all its entries, oldest first."""
    rows = Appropriation.objects.filter(agreement=agreement).prefetch_related("entries")
    return [line_of(row) for row in rows.select_related("component").order_by("pk")]


def line_of(row):
    entries = sorted(row.entries.all(), key=lambda entry: entry.pk)
    return {
        "component": row.component_id,
        "title": row.component.title,
        "fiscal_year": row.fiscal_year,
        "source": row.source,
        "entries": [entry_of(entry) for entry in entries],
    }


def entry_of(entry):
    return {
        "number": entry.pk,
        "stage": entry.stage,
        "won": entry.won,
        "leaves": entry.leaves,
        "enters": entry.enters,
        "key": entry.key,
        "tranche": entry.tranche_id,
        "mends": entry.mends_id,
        "as_of": str(entry.as_of),
        "evidence": entry.evidence,
        "made_at": entry.made_at.isoformat(),
    }
