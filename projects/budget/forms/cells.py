"""A form with a grid of amounts: one cell per component, year and source."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.money import UNITS
from foundation.web.forms import WonField, without_marks
from projects.proposals.models import Source

from ..sums import Line

UNIT_CHOICES = [("won", _("won")), ("thousand", _("thousand won")), ("million", _("million won"))]
CORE = (Source.NATIONAL, Source.PROVINCIAL, Source.MUNICIPAL)
WON = WonField(required=False)
MOST_COMPLAINTS = 50


class WithCells:
    """A move form with a grid of ``components`` and ``years``, filled from the ``standing`` cells.

    Cells are not form fields: a thousand fields would make the page slow. Each cell is sent as
    ``c-<component>-<year>-<source>`` and validated by :class:`foundation.web.forms.WonField`.
    Cells that are not sent keep their value in ``standing``.
    """

    typed_in = shown_in = "won"
    all_sources = False

    def span(self, components, years, standing):
        self.components, self.standing = components, standing
        self.titles = {component.pk: component.title for component in components}
        self.years = sorted({*years, *(year for _c, year, _s in standing)})
        self.wanted, self.wrong = {}, {}

    @property
    def sources(self):
        """The sources to show: national and local ones, those with amounts, or all if asked for."""
        used = {source for _component, _year, source in self.standing}
        used |= {name.rpartition("-")[2] for name in self.data if name.startswith("c-")}
        return [s for s in Source if self.all_sources or s in CORE or s.value in used]

    @property
    def hides_sources(self):
        return len(self.sources) < len(Source)

    def clean(self):
        self.read_cells()
        for text in self.unreadable:
            self.add_error(None, text)
        return super().clean()

    def read_cells(self):
        known = {str(component.pk) for component in self.components}
        for name in self.data:
            if name.startswith("c-"):
                self.read(name, known)

    @property
    def unreadable(self):
        return list(self.wrong.values())[:MOST_COMPLAINTS]

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
        """The stored cells with the valid entered ones over them, in won."""
        return {**self.standing, **self.wanted}

    def lines(self):
        """The cells as budget lines, for sums and rules."""
        ministries = {component.pk: component.ministry_id for component in self.components}
        return [
            Line(component, ministries[component], year, source, won)
            for (component, year, source), won in self.cells().items()
            if won
        ]

    def groups(self):
        """The grid for a page: (component, its sum in won, rows of (source, label, sum, cells)).

        A cell is (field name, text, error message or empty, year).
        """
        self.errors  # noqa: B018 -- validates the form first
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


def won_in(text, size):
    """An amount typed in units of ``size`` won, as whole won: ``1.5`` thousand are 1,500.

    Raises ValidationError if it is not a whole number of won.
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
