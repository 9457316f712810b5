"""Open matters of money: tranches, spending, settlements, bank."""

from datetime import timedelta

from django.db.models import (
    Case,
    DateField,
    DateTimeField,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Greatest, Least, TruncDate, TruncMonth

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
from disbursements.years.days import day_of_year, later
from disbursements.years.overdue import unsettled_lines

from .lines import CAME, national_lines

INTEGER = IntegerField()


def tranches(state):
    return lambda today: Tranche.objects.for_list().filter(state=state)


def requestable(today):
    """Lines with voted funds left to grant, no open request, and another tranche allowed."""
    lines = national_lines(today).requestable().filter(balance__in_appropriation__gt=0)
    return lines.exclude(tranches__state="requested").annotate(ask_by=day_to_ask())


def day_to_ask():
    """The day by which the next tranche of a line is requested.

    The year has as many parts as the call allows tranches; each is requested in the first month
    of its part (``disbursements.tranches.instalments``). Where money, a decision or enough
    spending was missing until then: within a month after it was possible.
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
    """The day of the last entry of these stages that is neither corrected nor a correction."""
    rows = Entry.objects.filter(appropriation=OuterRef("pk"), stage__in=stages, won__gt=0)
    rows = rows.filter(mends=None, mended_by=None).order_by("-pk")
    return Subquery(rows.values(day=TruncDate("made_at"))[:1])


def unsettled(today):
    return unsettled_lines(Appropriation.objects.for_list(), today)


def payable(today):
    return Tranche.objects.for_list().payable()


def unreported_months(today):
    """Lines with money in the local treasury, whose spending is reported month by month.

    A month is reported by the tenth of the next month, until December is reported or the year
    is settled.
    """
    lines = Appropriation.objects.for_list().filter(state="open", source="national")
    lines = lines.filter(fiscal_year__in=(today.year - 1, today.year), settlement=None)
    lines = lines.filter(balance__in_treasury__gt=0)
    lines = lines.filter(balance__unreported_since__lte=day_of_year(12, 31))
    begin = TruncMonth("balance__unreported_since", output_field=DateField())
    begin = Greatest(begin, day_of_year(1, 1))  # carried in during the December before
    tenth = ExpressionWrapper(
        later(begin, Value(1)) + timedelta(days=9), output_field=DateTimeField()
    )
    return lines.annotate(report_by=Cast(tenth, DateField()))


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
    """Payment batches with an answer of the bank that did not match, until somebody settles it."""
    lines = BankLine.objects.filter(state="unmatched")
    return PaymentBatch.objects.for_list().filter(pk__in=lines.values("batch"))
