"""Whether an amendment is material: computed from plain values, without models.

The guideline of November 2019 (지역발전투자협약 운영지침): a change of total cost or area by
30 percent or more, or of the period by a year or more, goes to the committee again. It is
measured from the last resolved version, so that small changes add up: four of 9 percent are 36.
"""

from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True)
class Facts:
    """The compared values of one version: won, square metres, years, parties, lead ministry."""

    cost: int
    area: int | None
    first_year: int
    last_year: int
    parties: frozenset
    lead: str


@dataclass(frozen=True)
class Limits:
    """From which change on an amendment is material, in percent and years; set in the call."""

    percent: int = 30
    years: int = 1


@dataclass(frozen=True)
class Criterion:
    """One compared value and its change; ``share`` is the change in percent, or None.

    ``limit`` is the change from which on it is material; None where any change is material.
    """

    name: str
    before: object
    after: object
    change: object
    limit: int | None
    hit: bool
    share: Fraction | None = None

    def as_json(self):
        change = vars(self.change) if isinstance(self.change, Exchange) else self.change
        share = None
        if self.name in ("cost", "area") and self.share is not None:
            share = f"{int(self.share)}.{int(self.share * 100) % 100:02d}"
        return {
            "name": self.name,
            "before": self.before,
            "after": self.after,
            "change": change,
            "percent": share,
            "limit": self.limit,
            "hit": self.hit,
        }

    @property
    def used(self):
        """The used part of the limit in tenths of a percent, at most 1000."""
        if self.limit is None or self.share is None:
            return 1000 if self.hit else 0
        return min(1000, int(self.share * 1000 / self.limit))


@dataclass(frozen=True)
class Exchange:
    """Parties that left and parties that joined; heirs of former parties are neither."""

    gone: tuple = ()
    new: tuple = ()

    def __bool__(self):
        return bool(self.gone or self.new)


@dataclass(frozen=True)
class Heirs:
    """Heirs of each body: a succession (rename, merger, division) changes no party."""

    of: dict = field(default_factory=dict)

    def bodies_for(self, body):
        return {body, *self.of.get(body, ())}

    def exchange(self, before, after):
        kept = set().union(*(self.bodies_for(body) for body in before))
        gone = (body for body in before if not self.bodies_for(body) & after)
        return Exchange(tuple(sorted(gone)), tuple(sorted(after - kept)))


def evaluate_criteria(before, after, limits, heirs=Heirs()):
    """The five criteria of materiality, in the order in which they are shown."""
    return [
        by_percent("cost", before.cost, after.cost, limits.percent),
        by_percent("area", before.area, after.area, limits.percent),
        by_years(before, after, limits.years),
        of_parties(before, after, heirs),
        of_lead(before, after, heirs),
    ]


def is_material(criteria):
    return any(criterion.hit for criterion in criteria)


def by_percent(name, before, after, limit):
    """A change of exactly the limit is material; so is removing a stated value, not adding one."""
    if before is None or after is None:
        return Criterion(name, before, after, None, limit, hit=before is not None)
    change = after - before
    share = Fraction(100 * abs(change), before) if before else None
    hit = share >= limit if before else change != 0
    return Criterion(name, before, after, change, limit, hit, share)


def by_years(before, after, limit):
    """The largest change, in years, of the first year, the last year and the length."""
    first, last = after.first_year - before.first_year, after.last_year - before.last_year
    change = max(abs(first), abs(last), abs(last - first))
    return Criterion(
        "period",
        (before.first_year, before.last_year),
        (after.first_year, after.last_year),
        change,
        limit,
        hit=change >= limit,
        share=Fraction(change),
    )


def of_parties(before, after, heirs):
    exchange = heirs.exchange(before.parties, after.parties)
    sides = (tuple(sorted(before.parties)), tuple(sorted(after.parties)))
    return Criterion("parties", *sides, exchange, None, hit=bool(exchange))


def of_lead(before, after, heirs):
    changed = after.lead not in heirs.bodies_for(before.lead)
    return Criterion("lead", before.lead, after.lead, changed, None, hit=changed)
