"""Amounts in whole won: split by weights, show in a unit, percent."""

UNITS = {"won": 1, "thousand": 1_000, "million": 1_000_000, "hundred_million": 100_000_000}


def split(total: int, weights: list[int]) -> list[int]:
    """Share ``total`` won by weight so that the shares add up to it exactly.

    Won left over by rounding down go one each to the largest remainders, the
    earlier share first, so the same inputs always give the same shares.
    """
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: -(total * weights[i] % whole))
    for i in by_remainder[: total - sum(shares)]:
        shares[i] += 1
    return shares


def in_unit(won: int, unit: str) -> int:
    """``won`` rounded to a display unit, half away from zero; never to be computed with."""
    size = UNITS[unit]
    rounded = (2 * abs(won) + size) // (2 * size)
    return rounded if won >= 0 else -rounded


def percent(part: int, whole: int) -> str:
    """``part`` of ``whole`` as percent with one decimal, half up; empty if there is no whole."""
    if not whole:
        return ""
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}"
