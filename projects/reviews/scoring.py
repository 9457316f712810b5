"""Marks of proposals from points and weights, as exact fractions, so that ties are found."""

from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Given:
    """Points from 0 to 100 of one review for one criterion with its weight."""

    review: Hashable
    criterion: Hashable
    weight: int
    points: int


def weighted(marks):
    """The weighted mark of one review, 0 to 100; None without marks."""
    weights = sum(mark.weight for mark in marks)
    return Fraction(sum(mark.points * mark.weight for mark in marks), weights) if weights else None


def overall(marks):
    """The mean of the weighted marks of all reviews, 0 to 100; None without marks."""
    by_review = {}
    for mark in marks:
        by_review.setdefault(mark.review, []).append(mark)
    each = [weighted(group) for group in by_review.values()]
    return sum(each) / len(each) if each else None


def ranked(marks_of):
    """[(place, key, mark), …], best first; equal marks share a place, as 1, 1, 3.

    ``marks_of`` is {key: marks}. Keys without marks come last and have no place.
    """
    overalls = {key: overall(marks) for key, marks in marks_of.items()}
    with_mark = [key for key in overalls if overalls[key] is not None]
    best_first = sorted(with_mark, key=lambda key: -overalls[key])
    places = []
    for at, key in enumerate(best_first, start=1):
        tied = places and places[-1][2] == overalls[key]
        places.append((places[-1][0] if tied else at, key, overalls[key]))
    return places + [(None, key, None) for key in overalls if overalls[key] is None]


def in_words(mark):
    """A mark as text with two decimals, rounded half up; for display only."""
    if mark is None:
        return "–"
    hundredths = int(mark * 100 + Fraction(1, 2))
    return f"{hundredths // 100}.{hundredths % 100:02}"
