"""The stages of a year's money, its accounts, and from which to which account money moves.

Every entry moves won from one account to another, so the sum of all accounts is always 0.
"""

from django.db import models
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    """What an entry records; each stage is a total of its line."""

    AGREED = "agreed", pgettext_lazy("stage", "agreed")
    APPLIED = "applied", pgettext_lazy("stage", "applied for")
    REQUESTED = "requested", pgettext_lazy("stage", "requested in the budget")
    BILL = "bill", pgettext_lazy("stage", "in the bill")
    VOTED = "voted", pgettext_lazy("stage", "voted")
    PROVISIONAL = "provisional", pgettext_lazy("stage", "provisional notice")
    FINAL = "final", pgettext_lazy("stage", "final notice")
    CARRIED_IN = "carried_in", pgettext_lazy("stage", "carried in")
    POOLED = "pooled", pgettext_lazy("stage", "put into the pot")
    DRAWN = "drawn", pgettext_lazy("stage", "drawn from the pot")
    GRANTED = "granted", pgettext_lazy("stage", "granted")
    REVOKED = "revoked", pgettext_lazy("stage", "grant revoked")
    PAID = "paid", pgettext_lazy("stage", "paid")
    INTEREST = "interest", pgettext_lazy("stage", "interest")
    CONTRACTED = "contracted", pgettext_lazy("stage", "contracted")
    EXECUTED = "executed", pgettext_lazy("stage", "executed")
    CARRIED_OUT = "carried_out", pgettext_lazy("stage", "carried out")
    LAPSED = "lapsed", pgettext_lazy("stage", "lapsed")
    RETURNED = "returned", pgettext_lazy("stage", "returned")


class Account(models.TextChoices):
    """Where money is; only ``outside`` may be below zero.

    ``carried`` is between two years and therefore 0 over a whole agreement; ``memo`` holds
    figures that are recorded before money moves.
    """

    OUTSIDE = "outside", pgettext_lazy("account", "outside")
    MEMO = "memo", pgettext_lazy("account", "recorded figures")
    APPROPRIATION = "appropriation", pgettext_lazy("account", "appropriation")
    GRANT = "grant", pgettext_lazy("account", "grant")
    TREASURY = "treasury", pgettext_lazy("account", "local treasury")
    EXECUTED = "executed", pgettext_lazy("account", "executed")
    CARRIED = "carried", pgettext_lazy("account", "carried over")
    LAPSED = "lapsed", pgettext_lazy("account", "lapsed")
    RETURNED = "returned", pgettext_lazy("account", "returned")
    POT = "pot", pgettext_lazy("account", "pot of the agreement")


class CarryKind(models.TextChoices):
    """The three kinds of carry-over (Local Finance Act, article 50)."""

    EXPLICIT = "explicit", pgettext_lazy("carry-over", "explicit")
    ACCIDENT = "accident", pgettext_lazy("carry-over", "accident")
    CONTINUING = "continuing", pgettext_lazy("carry-over", "continuing")


S, A = Stage, Account
NATIONAL, LOCAL, ANY = "national", "local", "any"

# Figures recorded before money moves: a new one replaces the old one.
FIGURES = (S.AGREED, S.APPLIED, S.REQUESTED, S.BILL, S.PROVISIONAL, S.FINAL, S.CONTRACTED)
OF_NOTHING = (*FIGURES[1:-1], S.VOTED, S.EXECUTED)  # may have an entry of 0 won

ROADS = (
    # stage        leaves           enters           on lines of
    *((stage, A.OUTSIDE, A.MEMO, ANY) for stage in FIGURES),
    (S.VOTED, A.OUTSIDE, A.APPROPRIATION, NATIONAL),
    (S.VOTED, A.OUTSIDE, A.TREASURY, LOCAL),
    (S.CARRIED_IN, A.CARRIED, A.APPROPRIATION, NATIONAL),
    (S.CARRIED_IN, A.CARRIED, A.TREASURY, ANY),
    (S.POOLED, A.APPROPRIATION, A.POT, NATIONAL),
    (S.DRAWN, A.POT, A.APPROPRIATION, NATIONAL),
    (S.GRANTED, A.APPROPRIATION, A.GRANT, NATIONAL),
    (S.REVOKED, A.GRANT, A.APPROPRIATION, NATIONAL),
    (S.PAID, A.GRANT, A.TREASURY, NATIONAL),
    (S.INTEREST, A.OUTSIDE, A.TREASURY, ANY),
    (S.EXECUTED, A.TREASURY, A.EXECUTED, ANY),
    (S.CARRIED_OUT, A.APPROPRIATION, A.CARRIED, NATIONAL),
    (S.CARRIED_OUT, A.TREASURY, A.CARRIED, ANY),
    (S.LAPSED, A.APPROPRIATION, A.LAPSED, NATIONAL),
    (S.LAPSED, A.TREASURY, A.LAPSED, LOCAL),
    (S.RETURNED, A.TREASURY, A.RETURNED, ANY),
)


def road_of(stage, *, national, account=None):
    """(leaves, enters) of a stage; ``account`` chooses where there are two possibilities."""
    kinds = (ANY, NATIONAL if national else LOCAL)
    found = [road for road in ROADS if road[0] == stage and road[3] in kinds]
    chosen = [road for road in found if account in (None, road[1], road[2])]
    return chosen[0][1:3]
