"""The yearly budget of the whole proposal as one form: a cell for component, year and source."""

from django import forms

from foundation.web.part_forms import PartForm
from projects.drafting.completeness import in_budget
from projects.proposals.models import Source

from .. import sums as budget
from ..grid import cells_now, cells_of, from_words, in_words, named, write_cells
from ..national_share import shares
from .cells import UNIT_CHOICES, WithCells

ALL_SOURCES = "all"  # value of the button that shows every source


class BudgetForm(WithCells, PartForm):
    """All cells of a proposal, shown in won, thousand or million won without rounding.

    Cells that are the same as when the page was ``opened`` are not written, so that two people
    may edit different cells at the same time.
    """

    unit = forms.ChoiceField(choices=UNIT_CHOICES, required=False, widget=forms.HiddenInput)
    show_in = forms.ChoiceField(choices=UNIT_CHOICES, required=False, widget=forms.HiddenInput)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, record, unit="won", **options):
        self.standing = cells_of(record)
        super().__init__(*args, record=record, **options)
        self.span(record.live_components(), record.years, self.standing)
        self.fields["opened"].initial = in_words(self.standing)
        self.opened_in = unit if unit in dict(UNIT_CHOICES) else "won"

    @property
    def typed_in(self):
        """The unit in which the amounts were typed."""
        sent = self.data.get("unit") if self.is_bound else self.opened_in
        return sent if sent in dict(UNIT_CHOICES) else "won"

    @property
    def shown_in(self):
        """The unit to show: the chosen one if all typed amounts are valid, else the typed one."""
        asked = self.data.get("show_in") if self.is_bound else None
        return asked if asked in dict(UNIT_CHOICES) and not self.wrong else self.typed_in

    @property
    def unit_choices(self):
        return UNIT_CHOICES

    @property
    def all_sources(self):
        return self.data.get("recalculate") == ALL_SOURCES

    def read_cells(self):
        super().read_cells()
        if (opened := self.opened_cells()) is not None:
            self.wanted = {c: won for c, won in self.wanted.items() if won != opened.get(c, 0)}

    def opened_cells(self):
        """The cells that the page showed when it was opened; None if missing or invalid."""
        return from_words(self.data.get("opened") or "")

    def sums(self):
        """Totals in won, national shares and broken rules, from the amounts in the grid now."""
        self.errors  # noqa: B018 -- validates the form first
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
        """The saved amounts: a colleague may have saved since the page was opened."""
        return {named(cell): won for cell, won in cells_now(record).items()}

    def entered(self):
        return {named(cell): won for cell, won in self.cells().items() if won}

    def is_overtaken(self, record):
        """Whether somebody else changed a cell that is about to be written."""
        if not super().is_overtaken(record) or (opened := self.opened_cells()) is None:
            return super().is_overtaken(record)
        now = self.stored(record)
        return any(
            now.get(named(cell), 0) not in (opened.get(cell, 0), won)
            for cell, won in self.wanted.items()
        )

    def compare(self, record):
        """Load what others saved in other cells into the grid."""
        super().compare(record)
        self.standing = cells_now(record)
        self.data["opened"] = in_words(self.standing)

    def differences(self, theirs, mine):
        """The cells to be written that differ from the saved ones, as (label, saved, entered)."""
        for cell in sorted(self.wanted):
            left, right = theirs.get(named(cell), 0), mine.get(named(cell), 0)
            if left != right:
                yield self.label(cell), f"{left:,}", f"{right:,}"

    def write_parts(self, record):
        write_cells(record, self.wanted)
