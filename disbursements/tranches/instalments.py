"""When the national funds of a year are to be paid, as agreed: plain values, no model."""

from dataclasses import dataclass
from datetime import date

from foundation.money import split
from foundation.time.calendar import last_working_day


@dataclass(frozen=True)
class Instalment:
    """``won`` to be paid by the day ``due``."""

    due: date
    won: int


def instalments(won, year, *, parts=4, first=None, since=None):
    """A year's funds in equal parts, the left-over won to the earlier ones.

    ``first`` is the percent of the funds that come first; the rest is parted alike.
    Each is due on the last working day of the second month of its part of the year: applied for in
    the first, decided within thirty days (the grants act), paid within ten more. Nothing is due
    before ``since``, the day on which the agreement came into force.
    """
    parts = min(parts, 12)  # no more often than monthly
    step = 12 // parts
    days = [last_working_day(year, step * part + min(2, step)) for part in range(parts)]
    shares = split(won, weights(parts, first)) if won else [0] * parts
    pairs = zip(days, shares, strict=True)
    return [Instalment(max(day, since or day), share) for day, share in pairs]


def weights(parts, first):
    if first is None or parts == 1:
        return [1] * parts
    return [first * (parts - 1), *[100 - first] * (parts - 1)]


def lateness(plan, payments, today):
    """How late the money came, in calendar days weighted by won, over what was due by ``today``.

    ``payments`` are (day, won), oldest first; the earliest payment meets the earliest instalment.
    What is due and unpaid is late until today; early is not late. None if nothing is due yet.
    """
    left, weighted, due_in_all = list(payments), 0, 0
    for instalment in sorted(plan, key=lambda each: each.due):
        if instalment.due > today:
            continue
        open_won = instalment.won
        due_in_all += instalment.won
        while open_won and left:
            day, won = left[0]
            met = min(open_won, won)
            weighted += met * max((day - instalment.due).days, 0)
            open_won -= met
            left[0] = (day, won - met)
            if won == met:
                left.pop(0)
        weighted += open_won * (today - instalment.due).days
    return weighted / due_in_all if due_in_all else None


def due_by(plan, day):
    """What is to be paid by a day, in won."""
    return sum(instalment.won for instalment in plan if instalment.due <= day)
