"""Redistribution of won among proposals; pure functions that keep the exact total."""

from foundation.money import split
from projects.budget.sums import total
from projects.proposals.models import Source


def divided(lines_of, envelope, *, scale_local):
    """The lines of each proposal when ``envelope`` won of national funds are divided.

    ``lines_of`` is {key: lines}. Proposals share in proportion to their national funds, then
    their cells do. Other sources stay, or change in the same proportion as the national funds
    of their proposal if ``scale_local``.
    """
    weights = {key: national(lines) for key, lines in lines_of.items()}
    shares = split(envelope, list(weights.values()))
    return {
        key: scaled(lines, weights[key], share, scale_local=scale_local)
        for (key, lines), share in zip(lines_of.items(), shares, strict=True)
    }


def national(lines):
    return total(only_national(lines))


def only_national(lines):
    return [line for line in lines if line.source == Source.NATIONAL]


def scaled(lines, before, after, *, scale_local):
    """The lines of one proposal when its national funds go from ``before`` to ``after`` won."""
    for source in Source:
        rows = [line for line in lines if line.source == source]
        whole = total(rows)
        if source == Source.NATIONAL:
            whole = after
        elif scale_local:
            whole = half_up(whole * after, before)
        if rows:
            shares = split(whole, [line.won for line in rows])
            yield from (row._replace(won=won) for row, won in zip(rows, shares, strict=True))


def half_up(number, by):
    return (2 * number + by) // (2 * by)
