"""Measures of stability of national funds; the formulas are in docs/stability.md."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from disbursements.ledger.models import Appropriation, Entry
from disbursements.tranches.instalments import due_by, instalments, lateness
from foundation.money import split
from foundation.time import clock

WORST = 90  # days of delay at which timeliness is 0
SLOW = 30  # percentage points by which execution may be behind the year


@dataclass
class Measure:
    """What was promised, appropriated, paid and executed of some lines of one year, in won."""

    promised: int = 0
    kept: int = 0  # voted, up to the promise: a surplus elsewhere does not offset a cut
    appropriated: int = 0
    paid: int = 0
    executed: int = 0
    due: int = 0  # by today, as planned
    awaited: int = 0  # promised on lines without a vote
    late: float = 0  # won times days, over what was due
    warnings: list = field(default_factory=list)

    @property
    def days(self):
        """The mean delay in days of the money that was due; None if none was."""
        return self.late / self.due if self.due else None

    @property
    def share_kept(self):
        judged = self.promised - self.awaited
        return self.kept / judged if judged else None

    @property
    def timeliness(self):
        return None if self.days is None else max(0.0, 1 - self.days / WORST)

    @property
    def index(self):
        """0 to 100: 100 x ``share_kept`` x (1 + ``timeliness``) / 2, rounded."""
        if self.share_kept is None:
            return None
        in_time = 1.0 if self.timeliness is None else self.timeliness
        return int(100 * self.share_kept * (1 + in_time) / 2 + 0.5)

    def add(self, other):
        for name in (
            "promised",
            "kept",
            "appropriated",
            "paid",
            "executed",
            "due",
            "awaited",
            "late",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.warnings += other.warnings


def lines_of(user, year):
    """The lines of national funds of a year that a person may see."""
    rows = Appropriation.objects.visible_to(user).for_list().filter(fiscal_year=year)
    rows = rows.filter(source="national").select_related("agreement__proposal__call")
    return rows.prefetch_related(
        "agreement__versions", "agreement__proposal__applicant__spells__parent__spells"
    )


def payments_of(lines):
    """{line: [(day, won)]}, oldest first: one row a day and line, however many entries."""
    rows = Entry.objects.filter(appropriation__in=lines, stage="paid").order_by()
    days = rows.values_list("appropriation", "as_of").annotate(Sum("won"))
    found = defaultdict(list)
    for line, day, won in sorted(days):
        if won > 0:
            found[line].append((day, won))
    return found


def measure(line, payments, today):
    """The measure of one line, with its warnings."""
    balance, plan = line.balance, plan_of(line)
    due = due_by(plan, today)
    delay = lateness(plan, payments, today)
    found = Measure(
        promised=balance.agreed,
        kept=min(balance.there, balance.agreed),
        appropriated=balance.there,
        paid=balance.paid,
        executed=balance.executed,
        due=due,
        awaited=0 if balance.votes else balance.agreed,
        late=(delay or 0) * due,
    )
    found.warnings = [
        (line, *warning) for warning in warnings(balance, due, line.fiscal_year, today)
    ]
    return found


def plan_of(line):
    since = min(
        (v.in_force_on for v in line.agreement.versions.all() if v.in_force_on), default=None
    )
    call = line.agreement.proposal.call
    rules = {"parts": call.tranches_a_year, "first": call.first_tranche_percent}
    return instalments(line.balance.agreed, line.fiscal_year, since=since, **rules)


def warnings(balance, due, year, today):
    """(what, won) of each early warning of a line; the won say how much is wrong."""
    if balance.votes and balance.there < balance.agreed:
        yield _("appropriation below the promise"), balance.agreed - balance.there
    if balance.paid < min(due, balance.there or due):
        yield _("payment late"), min(due, balance.there or due) - balance.paid
    behind = expected_execution(balance.paid, year, today) - balance.executed
    if behind > 0:
        yield _("execution too slow to spend"), behind
    if balance.carried_in and balance.carried_out:  # in from the year before, out into the next
        yield _("carried over two years running"), balance.carried_out


def expected_execution(paid, year, today):
    """What should be executed of ``paid`` by today, less the tolerance; in won, rounded down."""
    elapsed = min(max((today - date(year, 1, 1)).days + 1, 0), 365) * 100 // 365
    return paid * max(elapsed - SLOW, 0) // 100


def measured(lines, today, head):
    """{head: Measure} and the measure of all; ``head(line)`` says where a line is counted."""
    lines = list(lines)
    payments = payments_of(lines)
    found, everything = defaultdict(Measure), Measure()
    for line in lines:
        one = measure(line, payments[line.pk], today)
        found[head(line)].add(one)
        everything.add(one)
    return dict(found), everything


def expected(lines, today):
    """What should have been paid by the end of the year if the rest of the plan is kept, in won.

    No more than what was voted, where something was.
    """
    found = 0
    for line in lines:
        balance = line.balance
        left = balance.agreed - due_by(plan_of(line), today)
        found += min(balance.paid + left, balance.there if balance.votes else balance.agreed)
    return found


def cut(lines, percent):
    """[(line, loss)] of a cut of ``percent`` over some lines, by what each is promised.

    The losses sum to the cut of the whole, which is rounded down to a won; nothing is written.
    """
    lines = list(lines)
    promised = [line.balance.agreed for line in lines]
    whole = sum(promised) * percent // 100
    return list(zip(lines, split(whole, promised), strict=True)) if whole else []


def province_of(line):
    """The province that the applicant belongs to today, or the applicant that is one itself."""
    applicant = line.agreement.proposal.applicant
    spell = applicant.spell_on(clock.today())
    return spell.parent if spell and spell.parent_id else applicant


HEADS = {
    "agreement": lambda line: line.agreement,
    "ministry": lambda line: line.payer,
    "province": province_of,
}
