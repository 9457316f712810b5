"""Ceilings of ministries against what is promised to agreements, year by year ahead."""

from dataclasses import dataclass

from django.db.models import Q, Sum

from accounts.models import Organisation
from accounts.permissions import OVERSIGHT
from disbursements.ledger.models import Appropriation
from projects.models import Ceiling, Source

YEARS = 10


@dataclass(frozen=True)
class Cell:
    """One ministry's year in won; ``ceiling`` is 0 where none is ``set``."""

    year: int
    ceiling: int
    committed: int
    is_set: bool = True

    @property
    def left(self):
        return self.ceiling - self.committed


def bodies_seen_by(user):
    """The ministries whose ceilings a person may see."""
    paying = Appropriation.objects.filter(source=Source.NATIONAL).values("payer")
    ceilings = Ceiling.objects.values("ministry")
    bodies = Organisation.objects.filter(Q(pk__in=paying) | Q(pk__in=ceilings))
    if not user.reach(OVERSIGHT.roles):
        bodies = bodies.filter(pk__in=user.organisations)
    return bodies.named().order_by("pk")


def ten_years(bodies, first):
    """[(ministry, cells)] from the year ``first`` on, and the cells of all ministries together."""
    span = {"fiscal_year__range": (first, first + YEARS - 1)}
    ceilings = Ceiling.objects.filter(ministry__in=bodies, **span)
    lines = Appropriation.objects.filter(payer__in=bodies, source=Source.NATIONAL, **span)
    promised = lines.order_by().values_list("payer", "fiscal_year").annotate(Sum("balance__agreed"))
    set_to = {
        (pk, year): won for pk, year, won in ceilings.values_list("ministry", "fiscal_year", "won")
    }
    committed = {(pk, year): won for pk, year, won in promised}
    years = range(first, first + YEARS)
    rows = [(body, [cell(set_to, committed, body.pk, year) for year in years]) for body in bodies]
    return rows, [
        together(year, [cells[at] for _body, cells in rows]) for at, year in enumerate(years)
    ]


def cell(set_to, committed, body, year):
    key = body, year
    return Cell(year, set_to.get(key, 0), committed.get(key, 0), key in set_to)


def together(year, cells):
    ceiling, committed = sum(c.ceiling for c in cells), sum(c.committed for c in cells)
    return Cell(year, ceiling, committed, any(c.is_set for c in cells))
