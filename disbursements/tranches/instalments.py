"""Payment plan of a year's national funds: due days and delays, as plain values."""

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
    """Split a year's funds into equal parts; the remaining won go to the earlier ones.

    ``first`` is the percentage of the first part; the rest is split equally.
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
    """Mean delay of the money due by ``today``, in calendar days weighted by won.

    ``payments`` are (day, won), oldest first; the earliest payment meets the earliest instalment.
    Unpaid won are delayed until today; early payments have no delay. None if nothing is due yet.
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
    """The won that are to be paid by a day."""
    return sum(instalment.won for instalment in plan if instalment.due <= day)
