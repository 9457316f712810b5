"""Tables of the money of an agreement: sums over balances, not over entries."""

from dataclasses import dataclass, field

from projects.models import Source

SOURCE_ORDER = {source.value: place for place, source in enumerate(Source)}
COLUMNS = ("agreed", "voted", "granted", "paid", "executed")


@dataclass
class Sums:
    """Totals of several lines, in won; ``gap`` counts only lines with a vote."""

    agreed: int = 0
    voted: int = 0
    granted: int = 0
    paid: int = 0
    executed: int = 0
    gap: int = 0

    def add(self, balance):
        for name in COLUMNS:
            setattr(self, name, getattr(self, name) + getattr(balance, name))
        self.gap += balance.gap or 0


@dataclass
class Year:
    """A fiscal year's lines with their sums."""

    year: int
    lines: list = field(default_factory=list)
    sums: Sums = field(default_factory=Sums)


def by_year(lines):
    """Lines grouped by fiscal year, with sums per year and of all, and of national funds."""
    years, everything, national = {}, Sums(), Sums()
    for line in lines:
        year = years.setdefault(line.fiscal_year, Year(line.fiscal_year))
        year.lines.append(line)
        year.sums.add(line.balance)
        everything.add(line.balance)
        if line.balance.national:
            national.add(line.balance)
    return [years[year] for year in sorted(years)], everything, national
