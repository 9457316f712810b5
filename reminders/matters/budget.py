"""Open matters of the budget calendar, before and during a fiscal year (domain, 1.9, 5.8)."""

from datetime import date

from django.db.models import (
    BigIntegerField,
    Case,
    DateField,
    F,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Greatest, Least, TruncDate

from disbursements.models import Appropriation, Entry, Stage
from disbursements.years.days import day_of_year, later
from disbursements.years.gaps import CALENDAR, FIGURES, awaited_stage, open_gaps
from projects.models import Source

from .lines import CAME, national_lines, of_agreements

COUNCILS = {Source.PROVINCIAL: (12, 16), Source.MUNICIPAL: (12, 21)}
CARRIED = (Source.NATIONAL, *COUNCILS)  # what a council or a ministry voted
PATIENCE = 3  # months until a council votes on what is promised within a year
GOALS = (  # (months, percent of the funds to be under contract, by this day, funds before this day)
    (range(5, 8), 30, (6, 30), (4, 1)),
    (range(8, 11), 50, (9, 30), (7, 1)),
)


def unapplied(today):
    """Lines of the next year for which the local government has not applied; due on 30 April.

    Listed from March to May, until the ministry requests. What is promised after 30 April is
    due within a month.
    """
    lines = Appropriation.objects.for_list().filter(state="open", source="national")
    lines = lines.filter(fiscal_year=today.year + 1 if today.month in (3, 4, 5) else 0)
    lines = lines.filter(balance__applications=0, balance__requests=0)
    lines = of_agreements(lines, "in_force", "suspended")
    end, late = day_of_year(4, 30, year=-1), later(promised_on(), Value(1))
    return lines.annotate(apply_by=Greatest(end, Least(late, day_of_year(5, 31, year=-1))))


def next_years_lines(*stages):
    """Lines of the next year without the figure that the budget calendar asks for.

    None while the calendar asks for a figure of another stage, and before April: the guideline
    for ministries is published by 31 March (domain, section 1.9).
    """

    def rows(today):
        stage, due = awaited_stage(today)
        year = today.year + 1 if today.month >= 4 and stage in stages else 0
        lines = Appropriation.objects.for_list().filter(state="open", source="national")
        lines = lines.filter(fiscal_year=year, **{f"balance__{COUNTS[stage]}": 0})
        lines = of_agreements(lines, "in_force", "suspended")
        return lines.annotate(figure_due=Cast(Value(due), DateField()))

    return rows


COUNTS = {stage: count for stage, count, _won in FIGURES}


def unresolved_gaps(today):
    """Promised amounts missing in a budget from this year on, without a proposed resolution."""
    lines = Appropriation.objects.for_list().filter(fiscal_year__gte=today.year)
    lines = open_gaps(of_agreements(lines, "in_force", "suspended"), today)
    days = [When(stage=stage, then=day_of_year(*day, year=-1)) for stage, day in CALENDAR.items()]
    rows = lines.annotate(gap_day=Case(*days, output_field=DateField()))
    return rows.exclude(resolutions__state="proposed")


def unvoted(today):
    """Lines of national funds of this year without a vote, whatever figures came before it."""
    return of_agreements(national_lines(today).filter(balance__votes=0), "in_force", "suspended")


def unvoted_matching(today):
    """Promised local funds without a recorded vote of the council.

    Of this year, and from November on of the next year, too. A vote of 0 counts as a vote, and
    the gap is shown.
    """
    years = [today.year, today.year + 1] if today.month >= 11 else [today.year]
    lines = Appropriation.objects.for_list().filter(state="open", source__in=list(COUNCILS))
    lines = lines.filter(fiscal_year__in=years, balance__votes=0, balance__agreed__gt=0)
    lines = of_agreements(lines, "in_force", "suspended")
    days = [
        When(source=source, then=day_of_year(*day, year=-1)) for source, day in COUNCILS.items()
    ]
    voted = Case(*days, output_field=DateField())
    return lines.annotate(council_day=Greatest(voted, later(promised_on(), Value(PATIENCE))))


def promised_on():
    entries = Entry.objects.filter(appropriation=OuterRef("pk"), stage=Stage.AGREED)
    return Subquery(entries.order_by("pk").values(day=TruncDate("made_at"))[:1])


def thin_contracts(today):
    """Lines of which too little is under contract or spent.

    30 percent by 30 June and 50 percent by 30 September, of the funds that were available three
    months before. None from November on: then ``unclassified`` lists what is left.
    """
    months, percent, by, there = next((g for g in GOALS if today.month in g[0]), GOALS[0])
    year = today.year if today.month in months else 0
    lines = of_agreements(national_lines(today).filter(fiscal_year=year), "in_force")
    bound = Greatest("balance__contracted", "balance__executed")
    lines = lines.alias(bound=bound, there=there_before(date(today.year, *there)))
    lines = lines.filter(there__gt=F("bound") * 100 / percent)
    return lines.annotate(contract_by=day_of_year(*by))


def there_before(day):
    """What had come into a line before a day and was not pooled, in won."""
    rows = Entry.objects.filter(appropriation=OuterRef("pk"), as_of__lt=day)
    rows = rows.filter(stage__in=(*CAME, Stage.POOLED), mends=None, mended_by=None)
    out = When(stage=Stage.POOLED, then=-F("won"))
    won = Case(out, default=F("won"), output_field=BigIntegerField())
    rows = rows.order_by().values("appropriation").annotate(there=Sum(won))
    return Subquery(rows.values("there"))


def unclassified(today):
    """Lines with funds that are neither spent nor carried over at the end of the year.

    From November on, until the settlement is reported or February is over.
    """
    year = {11: today.year, 12: today.year, 1: today.year - 1, 2: today.year - 1}
    lines = Appropriation.objects.for_list().filter(state="open", settlement=None)
    lines = lines.filter(fiscal_year=year.get(today.month, 0), source__in=CARRIED)
    lines = lines.filter(Q(balance__in_treasury__gt=0) | Q(balance__in_appropriation__gt=0))
    lines = of_agreements(lines, "in_force", "suspended").exclude(carry_overs__state="requested")
    return lines.annotate(year_end=day_of_year(12, 31))
