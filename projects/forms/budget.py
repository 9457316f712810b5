"""The yearly budget of the whole proposal as one form: a cell for component, year and source."""

from django import forms

from foundation.parts import PartForm

from .. import budget
from ..completeness import in_budget
from ..grid import cells_of, write_cells
from ..models import Component, Source
from ..shares import shares
from .cells import UNIT_CHOICES, WithCells


class BudgetForm(WithCells, PartForm):
    """All cells of a proposal, in one of three units; no won is lost in any of them."""

    unit = forms.ChoiceField(choices=UNIT_CHOICES, required=False, widget=forms.HiddenInput)
    show_in = forms.ChoiceField(choices=UNIT_CHOICES, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, record, unit="won", all_sources=False, **options):
        super().__init__(*args, record=record, **options)
        self.span(record.live_components(), record.years, cells_of(record))
        self.opened_in = unit if unit in dict(UNIT_CHOICES) else "won"
        self.all_sources = all_sources

    @property
    def typed_in(self):
        """The unit in which the amounts were typed."""
        sent = self.data.get("unit") if self.is_bound else self.opened_in
        return sent if sent in dict(UNIT_CHOICES) else "won"

    @property
    def shown_in(self):
        """The unit of the page: another one only when every amount can be read."""
        asked = self.data.get("show_in") if self.is_bound else None
        return asked if asked in dict(UNIT_CHOICES) and not self.wrong else self.typed_in

    @property
    def unit_choices(self):
        return UNIT_CHOICES

    def sums(self):
        """Running totals, shares and what the rules say, of what stands in the grid now."""
        self.errors  # noqa: B018 -- what was sent is read first
        lines, call = self.lines(), self.record.call
        ministries = {c.ministry_id: str(c.ministry) for c in self.components}
        by_source, all_years = budget.table(
            lines, self.years, [s.value for s in self.sources], "source"
        )
        by_ministry, _all = budget.table(lines, self.years, list(ministries), "ministry")
        national = budget.by(lines, "source").get("national", 0)
        return {
            "by_source": [(Source(row.head).label, row) for row in by_source],
            "by_ministry": [(ministries[row.head], row) for row in by_ministry],
            "all_years": all_years,
            "national": national,
            "ceiling_left": call.national_ceiling - national,
            "shares": list(shares(self.record, self.components, lines)),
            "complaints": list(in_budget(self.record, self.components, lines)),
        }

    def stored(self, record):
        """Read anew under the lock: a colleague may have saved since the page was opened."""
        rows = Component.objects.filter(proposal=record.pk, dropped=False).values_list(
            "pk", "lines__fiscal_year", "lines__source", "lines__won"
        )
        return {f"{pk}-{year}-{source}": won for pk, year, source, won in rows if won}

    def entered(self):
        return {
            f"{c}-{year}-{source}": won for (c, year, source), won in self.cells().items() if won
        }

    def differences(self, theirs, mine):
        """Cell by cell, those that differ."""
        for name in sorted({*theirs, *mine}):
            left, right = theirs.get(name, 0), mine.get(name, 0)
            if left != right:
                component, year, source = name.split("-")
                yield self.label((int(component), int(year), source)), f"{left:,}", f"{right:,}"

    def write_parts(self, record):
        write_cells(record, self.wanted)
