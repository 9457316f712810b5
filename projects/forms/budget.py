"""The yearly budget of the whole proposal as one form: a cell for component, year and source."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.forms import WonField, without_marks
from foundation.money import UNITS
from foundation.parts import PartForm

from .. import budget
from ..budget import Line
from ..completeness import in_budget
from ..grid import cells_now, cells_of, from_words, in_words, named, write_cells
from ..models import Source
from ..shares import shares

UNIT_CHOICES = [("won", _("won")), ("thousand", _("thousand won")), ("million", _("million won"))]
CORE = (Source.NATIONAL, Source.PROVINCIAL, Source.MUNICIPAL)
WON = WonField(required=False)
MOST_COMPLAINTS = 50
ALL_SOURCES = "all"  # what the button that shows every source sends


class BudgetForm(PartForm):
    """All cells of a proposal, in one of three units; no won is lost in any of them.

    Cells are not fields: a thousand of them would cost more than all the rest of the page.
    Each is sent as ``c-<component>-<year>-<source>`` and read by the rule of
    :class:`foundation.forms.WonField`. Cells that are not sent, and those that still hold
    what they held when the page was ``opened``, stay as they are: two people may write
    different cells at once.
    """

    unit = forms.ChoiceField(choices=UNIT_CHOICES, required=False, widget=forms.HiddenInput)
    show_in = forms.ChoiceField(choices=UNIT_CHOICES, required=False, widget=forms.HiddenInput)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, record, unit="won", **options):
        self.standing = cells_of(record)
        super().__init__(*args, record=record, **options)
        self.fields["opened"].initial = in_words(self.standing)
        self.components = record.live_components()
        self.titles = {component.pk: component.title for component in self.components}
        self.years = sorted({*record.years, *(year for _c, year, _s in self.standing)})
        self.wanted, self.wrong = {}, {}
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
    def sources(self):
        """The three that every project has, those in use, and all on demand."""
        if self.data.get("recalculate") == ALL_SOURCES:
            return list(Source)
        used = {source for _component, _year, source in self.standing}
        used |= {name.rpartition("-")[2] for name in self.data if name.startswith("c-")}
        return [s for s in Source if s in CORE or s.value in used]

    @property
    def hides_sources(self):
        return len(self.sources) < len(Source)

    def clean(self):
        known = {str(component.pk) for component in self.components}
        for name in self.data:
            if name.startswith("c-"):
                self.read(name, known)
        if (opened := self.opened_cells()) is not None:
            self.wanted = {c: won for c, won in self.wanted.items() if won != opened.get(c, 0)}
        for text in self.unreadable:
            self.add_error(None, text)
        return super().clean()

    @property
    def unreadable(self):
        return list(self.wrong.values())[:MOST_COMPLAINTS]

    def opened_cells(self):
        """The cells as the page showed them when it was opened; None where nobody says."""
        return from_words(self.data.get("opened") or "")

    def read(self, name, known):
        _c, component, year, source = (name + "---").split("-")[:4]
        if (
            component not in known
            or source not in Source.values
            or year not in map(str, self.years)
        ):
            self.wrong[name] = (
                gettext("“%s”: there is no such component, year or source here.") % name[:60]
            )
            return
        try:
            won = won_in(self.data[name], UNITS[self.typed_in])
        except ValidationError as wrong:
            self.wrong[name] = (
                f"{self.label((int(component), int(year), source))}: {wrong.messages[0]}"
            )
        else:
            self.wanted[int(component), int(year), source] = won

    def label(self, cell):
        component, year, source = cell
        return f"{self.titles.get(component, component)}, {year}, {Source(source).label}"

    def cells(self):
        """What the grid holds after what was entered, readable cells only."""
        return {**self.standing, **self.wanted}

    def lines(self):
        """The same as plain lines, for sums and rules."""
        ministries = {component.pk: component.ministry_id for component in self.components}
        return [
            Line(component, ministries[component], year, source, won)
            for (component, year, source), won in self.cells().items()
            if won
        ]

    def groups(self):
        """The grid for a page: (component, its sum, rows of (source, sum, cells)).

        A cell is (name, what stands in it, what is wrong with it, year).
        """
        self.errors  # noqa: B018 -- what was sent is read first
        cells, size = self.cells(), UNITS[self.shown_in]
        sources = [(source.value, str(source.label)) for source in self.sources]
        for component in self.components:
            rows = [self.row(component.pk, source, label, cells, size) for source, label in sources]
            yield component, sum(row[2] for row in rows), rows

    def row(self, component, source, label, cells, size):
        row, total = [], 0
        for year in self.years:
            name = f"c-{component}-{year}-{source}"
            won = cells.get((component, year, source), 0)
            total += won
            wrong = self.wrong.get(name, "")
            row.append((name, self.data[name] if wrong else shown_in(won, size), wrong, year))
        return source, label, total, row

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


def won_in(text, size):
    """An amount typed in units of ``size`` won, as whole won: ``1.5`` thousand are 1,500.

    Raises ValidationError where it is no whole number of won.
    """
    if size == 1:
        return WON.clean(text)
    typed, digits = without_marks(text), len(str(size)) - 1
    if not typed:
        return 0
    whole, _point, decimals = typed.partition(".")
    decimals = decimals.rstrip("0")
    figures = whole + decimals.ljust(digits, "0")
    if len(decimals) > digits or not (figures.isascii() and figures.isdigit()) or typed == ".":
        raise ValidationError(
            gettext("“%(value)s” is no whole number of won. Write at most %(digits)s decimals."),
            params={"value": str(text)[:40], "digits": digits},
        )
    return WON.clean(figures)


def shown_in(won, size):
    """Whole won in units of ``size``, exactly: 1,234,567 won are 1,234.567 thousand."""
    if not won:
        return ""
    whole, rest = divmod(won, size)
    digits = len(str(size)) - 1
    return f"{whole:,}" + (f".{rest:0{digits}}".rstrip("0") if rest else "")
