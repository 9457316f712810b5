"""Gaps: promised money that is missing in the budget, before and after the vote.

Domain, section 1.9: ministries request by 31 May of the year before, the bill goes to the
Assembly by 3 September and is voted by 2 December.
"""

from datetime import date

from django.db.models import Case, F, OuterRef, Subquery, Sum, Value, When
from django.db.models.fields import BigIntegerField, CharField
from django.db.models.functions import Coalesce

from disbursements.ledger.models import Appropriation, Stage

from .models import GapResolution

CALENDAR = {Stage.REQUESTED: (5, 31), Stage.BILL: (9, 3), Stage.VOTED: (12, 2)}
FIGURES = (  # the latest figure of a line counts: its stage, its counter, its won
    (Stage.VOTED, "votes", F("balance__voted") + F("balance__drawn") - F("balance__pooled")),
    (Stage.BILL, "bills", F("balance__bill")),
    (Stage.REQUESTED, "requests", F("balance__requested")),
)


def day_of(stage, year):
    """The deadline of a budget stage of a fiscal year; it is in the year before."""
    return date(year - 1, *CALENDAR[Stage(stage)])


def with_gaps(rows, today):
    """Lines with ``stage``, ``short`` (promised less there) and ``open`` (short less resolved)."""
    stages = [When(**{f"balance__{count}__gt": 0}, then=Value(s.value)) for s, count, _w in FIGURES]
    figures = [When(**{f"balance__{count}__gt": 0}, then=won) for _s, count, won in FIGURES]
    figure = Case(*figures, default=F("balance__agreed"), output_field=BigIntegerField())
    return rows.annotate(
        stage=Case(*stages, default=Value(""), output_field=CharField()),
        short=F("balance__agreed") - figure,
        resolved=Coalesce(Subquery(resolved_of_line(today)), 0, output_field=BigIntegerField()),
    ).annotate(open=F("short") - F("resolved"))


def resolved_of_line(today):
    rows = GapResolution.objects.counting(today).filter(appropriation=OuterRef("pk"))
    return rows.order_by().values("appropriation").annotate(all=Sum("won")).values("all")


def open_gaps(rows, today):
    """Lines with an open gap: promised, missing in the budget and not resolved."""
    return with_gaps(rows, today).filter(open__gt=0)


def gap_of(line, today):
    """One line with its current gap."""
    return with_gaps(Appropriation.objects.filter(pk=line.pk), today).get()


def awaited_stage(today):
    """(stage, deadline) of the next figure of next year's budget to be recorded."""
    year = today.year + 1
    for stage in CALENDAR:
        if today <= day_of(stage, year):
            return stage, day_of(stage, year)
    return Stage.VOTED, day_of(Stage.VOTED, year)


def unmatched(national, local):
    """National won without matching local funds, of one component and year.

    ``national`` and ``local`` are (agreed, voted). Each won of national funds needs its part of
    local funds as agreed; what has none is returned at the end of the year.
    """
    (promised, there), (agreed, matched) = national, local
    if not agreed or not promised:
        return 0
    return max(there - matched * promised // agreed, 0)
