"""Sums of budget lines in won; pure functions without models or database."""

from collections import defaultdict
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple


class Line(NamedTuple):
    """An amount of a component in a fiscal year from a source, in won."""

    component: int
    ministry: str
    year: int
    source: str
    won: int


def total(lines):
    return sum(line.won for line in lines)


def by(lines, *names):
    """Sums keyed by one attribute, or by a tuple of several: ``by(lines, "year", "source")``."""
    sums, key_of = defaultdict(int), attrgetter(*names)
    for line in lines:
        sums[key_of(line)] += line.won
    return dict(sums)


@dataclass(frozen=True)
class Row:
    """A row of a table of sums: its head, one cell per year, and their sum."""

    head: object
    cells: list
    sum: int


def table(lines, years, heads, name):
    """Rows for ``heads`` (values of ``name``), a cell per year; then a last row of totals."""
    sums = by(lines, name, "year")
    rows = [row(head, [sums.get((head, year), 0) for year in years]) for head in heads]
    in_year = by(lines, "year")
    return rows, row(None, [in_year.get(year, 0) for year in years])


def row(head, cells):
    return Row(head, cells, sum(cells))


@dataclass(frozen=True)
class Pair:
    """An amount asked for beside the amount supported, in won."""

    head: object
    asked: int
    supported: int

    @property
    def difference(self):
        return self.supported - self.asked


def side_by_side(asked, supported, name):
    """Sums of two sets of lines, head by head, and the pair of their totals."""
    left, right = by(asked, name), by(supported, name)
    heads = list(dict.fromkeys([*left, *right]))
    pairs = [Pair(head, left.get(head, 0), right.get(head, 0)) for head in heads]
    return pairs, Pair(None, total(asked), total(supported))


@dataclass(frozen=True)
class Change:
    """An amount before (``now``) and after (``then``) a change, in won."""

    head: object
    now: int
    then: int

    @property
    def difference(self):
        return self.then - self.now


def changes(now, then, name):
    """Two sets of lines, head by head, and their totals, as changes."""
    left, right = by(now, name), by(then, name)
    heads = sorted({*left, *right})
    return (
        [Change(head, left.get(head, 0), right.get(head, 0)) for head in heads],
        Change(None, total(now), total(then)),
    )
