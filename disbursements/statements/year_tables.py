"""A fiscal year's money in tables: plain values from balances and from sums of the database."""

from dataclasses import dataclass, field

from django.db.models import Q, Sum

from disbursements.ledger.models import INSIDE, Stage
from disbursements.years.gaps import unmatched
from projects.models import Source

ROAD = (
    Stage.AGREED,
    Stage.REQUESTED,
    Stage.BILL,
    Stage.VOTED,
    Stage.FINAL,
    Stage.GRANTED,
    Stage.PAID,
    Stage.CONTRACTED,
    Stage.EXECUTED,
)
OF_NATIONAL = (Stage.REQUESTED, Stage.BILL, Stage.GRANTED, Stage.PAID)
CAME = (Stage.VOTED, Stage.DRAWN, Stage.CARRIED_IN, Stage.INTEREST)
WENT = (Stage.EXECUTED, Stage.CARRIED_OUT, Stage.LAPSED, Stage.RETURNED)
SUMS = tuple(dict.fromkeys([*map(str, ROAD), *map(str, CAME), *map(str, WENT), "pooled", *INSIDE]))
LOCAL = (Source.PROVINCIAL, Source.MUNICIPAL)


@dataclass
class Amounts:
    """Sums by the names of a balance's totals, in won."""

    won: dict = field(default_factory=lambda: dict.fromkeys(SUMS, 0))

    def add(self, balance):
        for name in SUMS:
            self.won[name] += getattr(balance, name)

    def __getattr__(self, name):
        if name in SUMS:
            return self.won[name]
        raise AttributeError(name)

    @property
    def available(self):
        return sum(self.won[name] for name in CAME) - self.won["pooled"]

    @property
    def left(self):
        """Won still inside: not granted, not paid or not spent."""
        return sum(self.won[name] for name in INSIDE)

    @property
    def accounted(self):
        """Won that left the year and won still inside; it must equal ``available``."""
        return sum(self.won[name] for name in WENT) + self.left


def of_row(row):
    """Amounts from a row of sums computed by the database."""
    return Amounts({name: row[f"sum_{name}"] or 0 for name in SUMS})


def sums():
    return {f"sum_{name}": Sum(f"balance__{name}") for name in SUMS}


@dataclass(frozen=True)
class Matching:
    """Local funds of one component beside its national funds, in won."""

    component: object
    promised: int
    there: int
    agreed: int
    matched: int

    @property
    def unmatched(self):
        return unmatched((self.promised, self.there), (self.agreed, self.matched))


def matching(lines):
    """One row for each component that has national and local funds, from the lines of a year."""
    found = {}
    for line in lines:
        sides = found.setdefault(line.component, {"national": [0, 0], "local": [0, 0]})
        side = "national" if line.is_national else "local" if line.source in LOCAL else ""
        if side:
            sides[side][0] += line.balance.agreed
            sides[side][1] += line.balance.there
    return [
        Matching(component, *sides["national"], *sides["local"])
        for component, sides in found.items()
        if sides["national"][0] and sides["local"][0]
    ]


def to_be_returned(rows):
    """National won without matching local funds, over lines of a year, by one query."""
    national, local = Q(source=Source.NATIONAL), Q(source__in=LOCAL)
    return sum(
        unmatched((row["promised"], row["there"]), (row["agreed"], row["matched"]))
        for row in rows.order_by()
        .values("agreement", "component")
        .annotate(
            promised=Sum("balance__agreed", filter=national, default=0),
            there=voted(national),
            agreed=Sum("balance__agreed", filter=local, default=0),
            matched=voted(local),
        )
    )


def voted(side):
    names = ("voted", "drawn", "pooled")
    plus, drawn, less = (Sum(f"balance__{name}", filter=side, default=0) for name in names)
    return plus + drawn - less
