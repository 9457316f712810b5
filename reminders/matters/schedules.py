"""Reminder schedules of each kind in working days: the defaults, or a rule of the call."""

from dataclasses import dataclass

from django.db.models import Q

from foundation.time.deadlines import latest_due
from reminders.rules.models import Rule

from .escalation import levels
from .paths import ways_of

USUAL = 3  # working days before; its stage is named “before” without a number


@dataclass(frozen=True)
class Schedule:
    """Reminders ``before`` the due day, on it, a day after it, and then ``every`` so many days.

    All in working days. ``climbs`` are the days late of the escalation levels; None: the
    defaults of the kind.
    """

    before: tuple = (USUAL,)
    every: int = 5
    climbs: tuple | None = None

    def stage(self, days):
        """The stage with ``days`` working days left: before, today, after-0 …; empty if none yet.

        A stage lasts until the next one, so that a day on which nothing ran is made up for.
        """
        if days < 0:
            return f"after-{(-days - 1) // self.every if self.every else 0}"
        if days == 0:
            return "today"
        step = min((step for step in self.before if step >= days), default=0)
        return {0: "", USUAL: "before"}.get(step, f"before-{step}")

    @property
    def reach(self):
        """How many working days before the due day the first reminder is written."""
        return max(self.before, default=0)


USUALLY = Schedule()
SEASON = Schedule((14, 7, 3, 1))  # a call that closes: two weeks, one, and the last days
BRIEF = Schedule((3, 1))  # to complete what was returned
OPINION = Schedule((5, 2))  # of a ministry
WEEKLY = Schedule((20, 15, 10, 5))  # while signatures are collected
LAST_DAYS = Schedule((5, 1))  # a text that waits for consent
BUDGET = Schedule((30, 14, 3))  # what a ministry prepares for a day of the budget calendar
ACCOUNTS = Schedule((30, 14, 7, 3))  # what is compiled from the accounts of a year
YEARLY = Schedule((30, 7))
BY_KIND = {
    "draft": SEASON,
    "submit": SEASON,
    "returned": BRIEF,
    "resubmit": BRIEF,
    "review": OPINION,
    "confirm": OPINION,
    "consent": LAST_DAYS,
    "sign": WEEKLY,
    "condition": Schedule((7, 1)),
    "apply": Schedule((30, 14, 7)),
    "ask": BUDGET,
    "match": Schedule((30, 14)),
    "request": Schedule((14, 3), every=0),  # a right rather than a duty
    "carry": Schedule((43, 21, 3)),  # from 1 November, 1 December
    "ending": Schedule((120, 60, 20)),  # about 180, 90 and 30 days
    "unsettled": ACCOUNTS,
    "delegation": Schedule((10, 3)),
    "report": YEARLY,
    "evaluate": YEARLY,
}


def all_rules():
    return list(Rule.objects.order_by("pk"))


def climbing_rules():
    """Rules that set other days for the escalation; most do not."""
    return list(Rule.objects.filter(climbs__isnull=False).order_by("pk"))


def usual(kind, rules):
    """The schedule of a kind in calls without their own rule."""
    general = [rule for rule in rules if rule.kind == kind.name and rule.call_id is None]
    return schedule_of(general[0]) if general else BY_KIND.get(kind.name, USUALLY)


def schedule_of(rule):
    climbs = None if rule.climbs is None else tuple(rule.climbs)
    return Schedule(tuple(rule.before), rule.every, climbs)


def divided(kind, rows, rules):
    """Pairs of a schedule and the rows of a kind that have it; some calls have their own."""
    for schedule, share in shares(kind, rules):
        yield schedule, rows.filter(share)


def shares(kind, rules):
    """Pairs of a schedule of a kind and the Q of the rows that have it.

    Rows that belong to no call, such as bank accounts, have the usual schedule.
    """
    path = ways_of(kind).call
    calls = {}
    for rule in rules if path else ():
        if rule.kind == kind.name and rule.call_id:
            calls.setdefault(schedule_of(rule), []).append(rule.call_id)
    others = [call for group in calls.values() for call in group]
    yield usual(kind, rules), ~Q(**{f"{path}__in": others}) if others else Q()
    for schedule, group in calls.items():
        yield schedule, Q(**{f"{path}__in": group})


def climbed_to(kind, level, rules, today):
    """The Q of the rows overdue for so long that they are escalated to a level of their kind."""
    late = Q(pk__in=[])
    for schedule, share in shares(kind, rules):
        for _rank, days, each in levels(kind.escalation, schedule.climbs):
            if each == level:
                late |= share & Q(due__isnull=False, due__lte=latest_due(today, days))
    return late
