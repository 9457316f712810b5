"""Open matters of the budget's calendar, on its way to a year and through it (domain, 1.9, 5.8)."""

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
from disbursements.years.gaps import CALENDAR, SAID, awaited_stage, open_gaps
from projects.models import Source

from .lines import CAME, day_of_year, later, national_lines, of_agreements

COUNCILS = {Source.PROVINCIAL: (12, 16), Source.MUNICIPAL: (12, 21)}
CARRIED = (Source.NATIONAL, *COUNCILS)  # what a council or a ministry voted
PATIENCE = 3  # months until a council votes on what is promised within a year
GOALS = (  # in these months so many percent of the funds that were there are under contract by
    (range(5, 8), 30, (6, 30), (4, 1)),
    (range(8, 11), 50, (9, 30), (7, 1)),
)


def unapplied(today):
    """Lines of the year to come for which the local government has not applied, by 30 April;
    from March on, and until the ministry requests. What is promised later, within a month.
    """
    lines = Appropriation.objects.for_list().filter(state="open", source="national")
    lines = lines.filter(fiscal_year=today.year + 1 if today.month in (3, 4, 5) else 0)
    lines = lines.filter(balance__applications=0, balance__requests=0)
    lines = of_agreements(lines, "in_force", "suspended")
    end, late = day_of_year(4, 30, year=-1), later(promised_on(), Value(1))
    return lines.annotate(apply_by=Greatest(end, Least(late, day_of_year(5, 31, year=-1))))


def next_years_lines(*stages):
    """Lines of the year to come of which the figure that the calendar asks for is not told.

    None while it asks for one of another stage, and before April: the guideline for
    ministries is out by 31 March (domain, section 1.9).
    """

    def rows(today):
        stage, due = awaited_stage(today)
        year = today.year + 1 if today.month >= 4 and stage in stages else 0
        lines = Appropriation.objects.for_list().filter(state="open", source="national")
        lines = lines.filter(fiscal_year=year, **{f"balance__{COUNTS[stage]}": 0})
        lines = of_agreements(lines, "in_force", "suspended")
        return lines.annotate(figure_due=Cast(Value(due), DateField()))

    return rows


COUNTS = {stage: count for stage, count, _won in SAID}


def unresolved_gaps(today):
    """Promised, missing in the budget of this year or the next, and no way is proposed."""
    lines = Appropriation.objects.for_list().filter(fiscal_year__gte=today.year)
    lines = open_gaps(of_agreements(lines, "in_force", "suspended"), today)
    days = [When(stage=stage, then=day_of_year(*day, year=-1)) for stage, day in CALENDAR.items()]
    rows = lines.annotate(gap_day=Case(*days, output_field=DateField()))
    return rows.exclude(resolutions__state="proposed")


def unvoted(today):
    """Lines of national funds of this year without a vote, whatever the budget's road said."""
    return of_agreements(national_lines(today).filter(balance__votes=0), "in_force", "suspended")


def unvoted_matching(today):
    """Promised local funds on which no council's vote is recorded: of this year, and from
    November on of the next. A vote of nothing is one, and shows the gap.
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
    """Lines of which too little is under contract or spent: 30 percent by mid-year, half by the
    end of September, of funds that were there three months before. From November on it is asked
    what is carried over.
    """
    months, percent, by, there = next((g for g in GOALS if today.month in g[0]), GOALS[0])
    year = today.year if today.month in months else 0
    lines = of_agreements(national_lines(today).filter(fiscal_year=year), "in_force")
    bound = Greatest("balance__contracted", "balance__executed")
    lines = lines.alias(bound=bound, there=there_before(date(today.year, *there)))
    lines = lines.filter(there__gt=F("bound") * 100 / percent)
    return lines.annotate(contract_by=day_of_year(*by))


def there_before(day):
    """What had come into a line before a day and stayed there, in won."""
    rows = Entry.objects.filter(appropriation=OuterRef("pk"), as_of__lt=day)
    rows = rows.filter(stage__in=(*CAME, Stage.POOLED), mends=None, mended_by=None)
    out = When(stage=Stage.POOLED, then=-F("won"))
    won = Case(out, default=F("won"), output_field=BigIntegerField())
    rows = rows.order_by().values("appropriation").annotate(there=Sum(won))
    return Subquery(rows.values("there"))


def unclassified(today):
    """What of a year is neither spent nor carried over at its end: from November on, until the
    settlement is reported or February is over.
    """
    year = {11: today.year, 12: today.year, 1: today.year - 1, 2: today.year - 1}
    lines = Appropriation.objects.for_list().filter(state="open", settlement=None)
    lines = lines.filter(fiscal_year=year.get(today.month, 0), source__in=CARRIED)
    lines = lines.filter(Q(balance__in_treasury__gt=0) | Q(balance__in_appropriation__gt=0))
    lines = of_agreements(lines, "in_force", "suspended").exclude(carry_overs__state="requested")
    return lines.annotate(year_end=day_of_year(12, 31))
