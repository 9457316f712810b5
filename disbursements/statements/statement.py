"""The statement of account of one agreement: totals, and the newest movements.

Totals come from balances, so that the cost does not depend on the number of entries. All
entries are in the file that ``every_entry`` streams.
"""

import csv
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils.translation import gettext as _

from agreements.models import Agreement
from disbursements.ledger.models import Entry
from foundation.intake.sheets.writing import as_plain_text
from foundation.time import clock

from .totals import SOURCE_ORDER
from .year_tables import Amounts

NEWEST = 50
COLUMNS = ("agreed", "available", "paid", "executed", "carried_out", "lapsed", "returned", "left")


@dataclass(frozen=True)
class Statement:
    agreement: Agreement
    day: date
    lines: list  # (line, Amounts)
    years: list  # (year, Amounts)
    whole: Amounts
    movements: list
    entries: int

    @property
    def heads(self):
        """The column headings, in the reader's language."""
        return [
            _("Agreed"),
            _("Available"),
            _("Paid"),
            _("Executed"),
            _("Carried over"),
            _("Lapsed"),
            _("Returned"),
            _("Still there"),
        ]


def statement_of(agreement, rows):
    """The statement of an agreement; ``rows`` are its lines that the reader may see."""
    lines = sorted(rows.for_list(), key=place_of)
    years, whole, shown = {}, Amounts(), []
    for line in lines:
        one = Amounts()
        for amounts in (one, years.setdefault(line.fiscal_year, Amounts()), whole):
            amounts.add(line.balance)
        shown.append((line, one))
    entries = sum(line.balance.entries for line in lines)
    movements = newest_of(rows)
    return Statement(
        agreement, clock.today(), shown, list(years.items()), whole, movements, entries
    )


def place_of(line):
    return line.fiscal_year, line.component_id, SOURCE_ORDER[line.source], line.pk


def cells(amounts):
    return [getattr(amounts, name) for name in COLUMNS]


def newest_of(rows):
    """The newest entries of some lines: the newest of each line first, then those of all."""
    of_line = Entry.objects.filter(appropriation=OuterRef("pk")).order_by("-pk").values("pk")
    found = rows.order_by().annotate(newest=ArraySubquery(of_line[:NEWEST]))
    keys = sorted({pk for newest in found.values_list("newest", flat=True) for pk in newest})
    entries = Entry.objects.filter(pk__in=keys[-NEWEST:]).select_related(
        "appropriation__component", "made_by"
    )
    return list(entries.order_by("-pk"))


class Line:
    """A file for a csv writer that returns each line instead of storing it."""

    def write(self, text):
        return text


def every_entry(rows):
    """Stream all entries of some lines as lines of a CSV file, oldest first."""
    writer = csv.writer(Line())
    heads = [_("Number"), _("Component"), _("Fiscal year"), _("Source"), _("Stage"), _("Leaves")]
    heads += [_("Enters"), _("Won"), _("As of"), _("Evidence"), _("Corrects"), _("Entered")]
    yield "\ufeff" + writer.writerow(heads)
    entries = Entry.objects.filter(appropriation__in=rows.values("pk")).order_by("pk")
    for entry in entries.select_related("appropriation__component").iterator(chunk_size=2_000):
        yield writer.writerow(row_of(entry))


def row_of(entry):
    line = entry.appropriation
    return [
        entry.pk,
        as_plain_text(line.component.title),
        line.fiscal_year,
        line.get_source_display(),
        entry.get_stage_display(),
        entry.get_leaves_display(),
        entry.get_enters_display(),
        entry.won,
        entry.as_of,
        as_plain_text(entry.evidence),
        entry.mends_id or "",
        entry.made_at.isoformat(),
    ]
