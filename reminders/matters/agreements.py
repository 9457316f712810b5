"""Open matters of agreements: querysets by kind."""

from datetime import date, timedelta

from django.db.models import Count, DateField, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast

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
from agreements.reporting.due_years import unreported as unreported_versions


def versions(state):
    return lambda today: (
        Version.objects.select_related("agreement")
        .prefetch_related("agreement__lead_ministry__spells")
        .filter(state=state)
    )


def amendments(today):
    """Amendments that the party that proposed them still has to write."""
    rows = versions("drafting")(today).filter(amendment__isnull=False)
    return rows.select_related("agreement", "amendment").prefetch_related(
        "amendment__organisation__spells"
    )


def run_out(today):
    """Versions in force whose last year is over."""
    return versions("in_force")(today).filter(last_year__lt=today.year)


def ending(today):
    """Versions in force in their last half year, without a version in the making to extend them."""
    last_year = today.year if today.month >= 7 else 0
    made = Version.objects.filter(agreement=OuterRef("agreement"), state__in=Version.MAKING)
    rows = versions("in_force")(today).filter(last_year=last_year).exclude(Exists(made))
    return rows.annotate(ends_on=Cast(Value(date(today.year, 12, 31)), DateField()))


def terminations(today):
    return Termination.objects.for_list().filter(state="prepared")


def parties(*states):
    return lambda today: Party.objects.for_page().filter(state__in=states)


def unsigned(today):
    """Parties asked to sign, each with the numbers of signers and signed of its version."""
    signers = Party.objects.filter(version=OuterRef("version"))
    signers = signers.filter(state__in=["invited", "declined", "signed"]).order_by()
    signers, signed = signers.values("version"), Count("pk", filter=Q(state="signed"))
    return parties("invited", "declined")(today).annotate(
        signed=Subquery(signers.annotate(n=signed).values("n")),
        signers=Subquery(signers.annotate(n=Count("pk")).values("n")),
    )


def remarks(today):
    """Unanswered remarks on a text that is still being drafted."""
    return Remark.objects.for_page().filter(state="open", version__state="drafting")


def unreported_years(today):
    """Agreements with a past year that is not reported yet."""
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
    """Delegations of the signature that end within 30 days, without a longer one granted."""
    later = Delegation.objects.filter(state=Delegation.State.GRANTED, until__gt=OuterRef("until"))
    later = later.filter(organisation=OuterRef("organisation"), person=OuterRef("person"))
    rows = Delegation.objects.for_list().valid(today).exclude(Exists(later))
    return rows.filter(until__lte=today + timedelta(days=30))


def papers(today):
    return PaperSignature.objects.for_page().filter(state="entered")


def confirmations(today):
    return Confirmation.objects.for_page().filter(state="asked")
