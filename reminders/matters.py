"""What is open today, kind by kind: the rows on which somebody must act."""

from datetime import timedelta

from django.db.models import (
    Case,
    Count,
    DateField,
    DateTimeField,
    DurationField,
    Exists,
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

from agreements.models import (
    Confirmation,
    Delegation,
    Evaluation,
    PaperSignature,
    Party,
    Remark,
    Termination,
    Version,
    YearlyReport,
)
from agreements.reporting import unreported as unreported_versions
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
from projects.models import (
    Condition,
    Issue,
    IssueSide,
    Position,
    Proposal,
    Question,
    Review,
    Round,
    Session,
)


def reviews(state):
    """While a question is open, the time stands still and nobody in the ministry is reminded."""
    return lambda today: Review.objects.for_list().filter(state=state, stopped_on=None)


def silent_reviews(today):
    """Unanswered after their day: the coordinator may go on without the ministry."""
    rows = Review.objects.for_list().filter(state__in=["waiting", "answered"])
    return rows.filter(due_on__lt=today, stopped_on=None)


def questions(today):
    return Question.objects.for_list().filter(state="asked")


def silent_sides(today):
    return IssueSide.objects.for_work().filter(state="asked")


def heard_issues(today):
    """Every side has spoken, or its day has passed: now it can be decided."""
    rows = Issue.objects.for_list().filter(state="open")
    return rows.exclude(due_on__gte=today, sides__state="asked")


def unrecorded_sessions(today):
    return Session.objects.filter(state="planned", held_on__lt=today)


def open_conditions(today):
    """To be met by their owner, once every ministry has answered."""
    rows = Condition.objects.for_list().filter(state="open")
    return rows.filter(proposal__state__in=Condition.FROM)


def answers_to_check(today):
    return Condition.objects.for_list().filter(state="answered")


def to_draft(today):
    """Selected, no condition of a ministry is left to be met, no round is under way."""
    left = Condition.objects.unsettled().values("proposal")
    coordinated = Round.objects.filter(state__in=Round.UNSETTLED).values("proposal")
    rows = proposals("selected", agreement=None)(today)
    return rows.exclude(pk__in=left).exclude(pk__in=coordinated)


def next_in_reserve(today):
    return Proposal.objects.for_list().next_in_reserve()


def proposals(*states, **facts):
    return lambda today: Proposal.objects.for_list().filter(state__in=states, **facts)


def positions(today):
    return Position.objects.for_list().filter(state="asked")


def rounds(state):
    return lambda today: Round.objects.for_list().filter(state=state)


def overdue_rounds(today):
    """Some party is silent after the day: a coordinator may close the round by a decision."""
    return Round.objects.for_list().filter(state="open", due_on__lt=today)


def open_drafts(today):
    drafts = Proposal.objects.for_list().filter(state="draft", call__state="open")
    return drafts.filter(call__closes_on__gte=today)


def versions(state):
    return lambda today: (
        Version.objects.select_related("agreement")
        .prefetch_related("agreement__lead_ministry__spells")
        .filter(state=state)
    )


def amendments(today):
    """Amendments that the party which proposed them has still to write."""
    rows = versions("drafting")(today).filter(amendment__isnull=False)
    return rows.select_related("agreement", "amendment").prefetch_related(
        "amendment__organisation__spells"
    )


def run_out(today):
    """In force, and their last year is over."""
    return versions("in_force")(today).filter(last_year__lt=today.year)


def terminations(today):
    return Termination.objects.for_list().filter(state="prepared")


def parties(*states):
    return lambda today: Party.objects.for_page().filter(state__in=states)


def unsigned(today):
    """Parties that are asked to sign, each with how many of how many have signed its text."""
    signers = Party.objects.filter(version=OuterRef("version"))
    signers = signers.filter(state__in=["invited", "declined", "signed"]).order_by()
    signers, signed = signers.values("version"), Count("pk", filter=Q(state="signed"))
    return parties("invited", "declined")(today).annotate(
        signed=Subquery(signers.annotate(n=signed).values("n")),
        signers=Subquery(signers.annotate(n=Count("pk")).values("n")),
    )


def remarks(today):
    """Unanswered remarks on a text that is still drafted."""
    return Remark.objects.for_page().filter(state="open", version__state="drafting")


def unreported_years(today):
    """Agreements of which a year that is over is not reported yet."""
    return (
        unreported_versions(today)
        .select_related("agreement__proposal")
        .prefetch_related("agreement__proposal__applicant__spells")
    )


def reports(state):
    return lambda today: YearlyReport.objects.for_list().filter(state=state)


def evaluations(state):
    return lambda today: Evaluation.objects.for_list().filter(state=state)


def ending_delegations(today):
    """Delegations of the signature that end within the month, and no longer one is granted."""
    later = Delegation.objects.filter(state=Delegation.State.GRANTED, until__gt=OuterRef("until"))
    later = later.filter(organisation=OuterRef("organisation"), person=OuterRef("person"))
    rows = Delegation.objects.for_list().valid(today).exclude(Exists(later))
    return rows.filter(until__lte=today + timedelta(days=30))


def papers(today):
    return PaperSignature.objects.for_page().filter(state="entered")


def confirmations(today):
    return Confirmation.objects.for_page().filter(state="asked")


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
