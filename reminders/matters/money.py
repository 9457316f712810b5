"""Open matters of money."""

from datetime import timedelta

from django.db.models import (
    Case,
    Count,
    DateField,
    DateTimeField,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest, Least, TruncDate, TruncMonth

from agreements.models import Version
from disbursements.models import (
    Appropriation,
    BankAccount,
    BankLine,
    CarryOver,
    Entry,
    GapResolution,
    PaymentBatch,
    Settlement,
    Stage,
    Tranche,
)

from .lines import CAME, day_of_year, later, national_lines, of_agreements

INTEGER = IntegerField()


def tranches(state):
    return lambda today: Tranche.objects.for_list().filter(state=state)


def requestable(today):
    """Something voted is left to grant, no request for it is open, and the call allows one more."""
    lines = national_lines(today).filter(balance__in_appropriation__gt=0)
    lines = of_agreements(lines, "in_force").exclude(tranches__state="requested")
    lines = lines.alias(made=tranches_made()).filter(
        made__lt=F("agreement__proposal__call__tranches_a_year"),
        balance__executed__gte=F("balance__paid")
        * F("agreement__proposal__call__executed_percent")
        / 100,
    )
    return lines.annotate(ask_by=day_to_ask())


def day_to_ask():
    """The year has as many parts as the call allows tranches, and each is applied for in the
    first month of its part (``disbursements.tranches.instalments``). Where that was not possible,
    for want of money, a decision or enough spent: within a month of its being so.
    """
    call = "agreement__proposal__call__"
    parts = Least(F(f"{call}tranches_a_year"), 12, output_field=INTEGER)
    part = Least(F("made"), parts - 1, output_field=INTEGER)
    spent = When(**{f"{call}executed_percent__gt": 0}, then=last_on(Stage.EXECUTED))
    possible = Greatest(
        last_on(*CAME, Stage.GRANTED, Stage.REVOKED), Case(spent, output_field=DateField())
    )
    return Greatest(later(day_of_year(1, 31), Value(12) / parts * part), later(possible, Value(1)))


def last_on(*stages):
    """The day on which an entry of these stages that stands was last written."""
    rows = Entry.objects.filter(appropriation=OuterRef("pk"), stage__in=stages, won__gt=0)
    rows = rows.filter(mends=None, mended_by=None).order_by("-pk")
    return Subquery(rows.values(day=TruncDate("made_at"))[:1])


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
    end = Least(day_of_year(12, 31), F("ended"))
    return later(end, F("agreement__proposal__call__settlement_months"))


def payable(today):
    """Granted, not on its way to the bank, and the agreement not terminated since."""
    ended = Version.objects.filter(state="terminated").values("agreement")
    rows = tranches("granted")(today).exclude(batch_items__outcome="open")
    return rows.exclude(appropriation__agreement__in=ended)


def untold_months(today):
    """Something lies in the local treasury, and what is spent of it is told month by month: by
    the tenth of the next one, until December is told or the year is settled.
    """
    lines = Appropriation.objects.for_list().filter(state="open", source="national")
    lines = lines.filter(fiscal_year__in=(today.year - 1, today.year), settlement=None)
    lines = lines.filter(balance__in_treasury__gt=0)
    lines = lines.filter(balance__untold_since__lte=day_of_year(12, 31))
    begin = TruncMonth("balance__untold_since", output_field=DateField())
    begin = Greatest(begin, day_of_year(1, 1))  # what was carried in comes in December
    tenth = ExpressionWrapper(
        later(begin, Value(1)) + timedelta(days=9), output_field=DateTimeField()
    )
    return lines.annotate(tell_by=Cast(tenth, DateField()))


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
