"""A grid of amounts by year and source inside the form of a move."""

from django.utils.translation import gettext

from foundation.web.forms import MoveForm, WonField
from projects.proposals.models import Source

from .. import sums as budget


class WonGrid:
    """Fields for a grid of years and sources, named ``won_2027_national``."""

    def __init__(self, years, sources=tuple(Source)):
        self.years, self.sources = years, sources

    def fields(self, amounts):
        for source in self.sources:
            for year in self.years:
                label = gettext("%(year)s, %(source)s") % {"year": year, "source": source.label}
                won = amounts.get((year, source.value))
                yield (
                    f"won_{year}_{source.value}",
                    WonField(required=False, label=label, initial=won),
                )

    def amounts(self, cleaned_data):
        """The amounts above 0, as {(year, source): won}."""
        found = {}
        for source in self.sources:
            for year in self.years:
                if won := cleaned_data.get(f"won_{year}_{source.value}"):
                    found[year, source.value] = won
        return found

    def rows(self, form):
        """The bound fields as rows (label, cells, sum), a row per source, for a page."""
        sums = form.grid_totals()["sources"]
        for source, won in zip(self.sources, sums, strict=True):
            yield source.label, [form[f"won_{year}_{source.value}"] for year in self.years], won


class GridForm(MoveForm):
    """A move form with a grid of amounts."""

    def add_grid(self, years, lines):
        self.grid = WonGrid(years)
        amounts = {(line.fiscal_year, line.source): line.won for line in lines}
        self.fields.update(self.grid.fields(amounts))

    def clean(self):
        strange = sorted(n for n in self.data if n.startswith("won_") and n not in self.fields)
        for name in strange[:3]:
            text = gettext("“%s”: there is no such year or source here.")
            self.add_error(None, text % name.removeprefix("won_").replace("_", " ", 1))
        return super().clean()

    def amounts(self):
        return self.grid.amounts(self.cleaned_data)

    def plain_fields(self):
        """The visible fields outside the grid."""
        return [field for field in self.visible_fields() if not field.name.startswith("won_")]

    def grid_rows(self):
        return list(self.grid.rows(self))

    def grid_totals(self):
        """Sums in won of the valid amounts in the grid: by source, by year, of all."""
        cleaned = getattr(self, "cleaned_data", None)
        if cleaned is None:
            cleaned = {name: field.initial for name, field in self.fields.items()}
        lines = [
            budget.Line(0, "", year, source, won)
            for (year, source), won in self.grid.amounts(cleaned).items()
        ]
        by_source, by_year = budget.by(lines, "source"), budget.by(lines, "year")
        return {
            "sources": [by_source.get(source.value, 0) for source in self.grid.sources],
            "years": [by_year.get(year, 0) for year in self.grid.years],
            "all": budget.total(lines),
        }


def write_lines(model, owner, amounts):
    """Replace the lines of an owner by {(year, source): won}, in two queries."""
    model.objects.filter(**owner).delete()
    model.objects.bulk_create(
        model(**owner, fiscal_year=year, source=source, won=won)
        for (year, source), won in amounts.items()
    )
