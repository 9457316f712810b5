"""The yearly budget of the whole proposal as one form: a cell for component, year and source."""

from django import forms

from foundation.web.part_forms import PartForm
from projects.drafting.completeness import in_budget
from projects.proposals.models import Source

from .. import sums as budget
from ..grid import cells_now, cells_of, from_words, in_words, named, write_cells
from ..national_share import shares
from .cells import UNIT_CHOICES, WithCells

ALL_SOURCES = "all"  # what the button that shows every source sends


class BudgetForm(WithCells, PartForm):
    """All cells of a proposal, in one of three units; no won is lost in any of them.

    Cells that still hold what they held when the page was ``opened`` stay as they are: two
    people may write different cells at once.
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
        """The unit of the page: another one only when every amount can be read."""
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
        """The cells as the page showed them when it was opened; None where nobody says."""
        return from_words(self.data.get("opened") or "")

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
        return {named(cell): won for cell, won in cells_now(record).items()}

    def entered(self):
        return {named(cell): won for cell, won in self.cells().items() if won}

    def is_overtaken(self, record):
        """Another amount came into a cell that is to be written here."""
        if not super().is_overtaken(record) or (opened := self.opened_cells()) is None:
            return super().is_overtaken(record)
        now = self.stored(record)
        return any(
            now.get(named(cell), 0) not in (opened.get(cell, 0), won)
            for cell, won in self.wanted.items()
        )

    def compare(self, record):
        """What others wrote into other cells is taken over and stands in the grid."""
        super().compare(record)
        self.standing = cells_now(record)
        self.data["opened"] = in_words(self.standing)

    def differences(self, theirs, mine):
        """Cell by cell, those that are to be written and hold something else."""
        for cell in sorted(self.wanted):
            left, right = theirs.get(named(cell), 0), mine.get(named(cell), 0)
            if left != right:
                yield self.label(cell), f"{left:,}", f"{right:,}"

    def write_parts(self, record):
        write_cells(record, self.wanted)
