"""Open matters of money."""

from django.db.models import (
    Case,
    Count,
    DateField,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Least, TruncDate

from agreements.models import Version
from disbursements.gaps import CALENDAR, SAID, awaited_stage, open_gaps
from disbursements.models import (
    Appropriation,
    BankAccount,
    BankLine,
    CarryOver,
    GapResolution,
    PaymentBatch,
    Settlement,
    Tranche,
)


def tranches(state):
    return lambda today: Tranche.objects.for_list().filter(state=state)


def national_lines(today):
    """Lines of national funds of this fiscal year."""
    lines = Appropriation.objects.for_list().filter(state="open", source="national")
    return lines.filter(fiscal_year=today.year)


def of_agreements(rows, *states):
    """Lines of agreements of which a version is in one of these states: one at most is."""
    return rows.filter(agreement__versions__state__in=states)


def unvoted(today):
    return of_agreements(national_lines(today).filter(balance__votes=0), "in_force", "suspended")


def requestable(today):
    """Something voted is left to grant, no request for it is open, and the call allows one more."""
    lines = national_lines(today).filter(balance__in_appropriation__gt=0)
    lines = of_agreements(lines, "in_force").exclude(tranches__state="requested")
    return lines.alias(made=tranches_made()).filter(
        made__lt=F("agreement__proposal__call__tranches_a_year"),
        balance__executed__gte=F("balance__paid")
        * F("agreement__proposal__call__executed_percent")
        / 100,
    )


def tranches_made():
    """How many tranches of a line count; those refused or revoked do not."""
    counted = Tranche.objects.filter(appropriation=OuterRef("pk"))
    counted = counted.exclude(state__in=["refused", "revoked"]).order_by().values("appropriation")
    return Coalesce(Subquery(counted.annotate(made=Count("pk")).values("made")), 0)


def unsettled(today):
    """National funds paid and not settled, of a year or an agreement that is over; due as the
    call says.
    """
    ended = Version.objects.filter(agreement=OuterRef("agreement"), state__in=ENDED)
    lines = Appropriation.objects.for_list().filter(source="national", settlement=None)
    lines = lines.filter(balance__paid__gt=0).exclude(state="settled")
    lines = lines.alias(ended=Subquery(ended.values(day=TruncDate("changed_at"))[:1]))
    over = Q(fiscal_year__lt=today.year) | Q(ended__isnull=False)
    return lines.filter(over).annotate(settle_by=settlement_day())


ENDED = ("terminated", "completed")


def settlement_day():
    """So many months after the end of the year, or of the agreement where that came first."""
    end = Least(Func(F("fiscal_year"), 12, 31, function="make_date"), F("ended"))
    months = F("agreement__proposal__call__settlement_months")
    wait = Func(0, months, function="make_interval", output_field=DurationField())
    return Cast(ExpressionWrapper(end + wait, output_field=DateTimeField()), DateField())


def payable(today):
    """Granted, not on its way to the bank, and the agreement not terminated since."""
    ended = Version.objects.filter(state="terminated").values("agreement")
    rows = tranches("granted")(today).exclude(batch_items__outcome="open")
    return rows.exclude(appropriation__agreement__in=ended)


def unreported(today):
    """Something lies in the local treasury that is not executed yet."""
    return national_lines(today).filter(balance__in_treasury__gt=0)


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
    days = [
        When(stage=stage, then=Func(F("fiscal_year") - 1, *day, function="make_date"))
        for stage, day in CALENDAR.items()
    ]
    rows = lines.annotate(gap_day=Case(*days, output_field=DateField()))
    return rows.exclude(resolutions__state="proposed")


def gap_resolutions(today):
    return GapResolution.objects.for_list().filter(state="proposed")


def carry_overs(today):
    return CarryOver.objects.for_list().filter(state="requested")


def settlements(state):
    return lambda today: Settlement.objects.for_list().filter(state=state)


def bank_accounts(today):
    return BankAccount.objects.for_list().filter(state="requested")


def unsent_batches(today):
    return PaymentBatch.objects.for_list().filter(state="written")


def unmatched_batches(today):
    """Batches of which the bank said something that did not fit, until somebody settles it."""
    lines = BankLine.objects.filter(state="unmatched")
    return PaymentBatch.objects.for_list().filter(pk__in=lines.values("batch"))
