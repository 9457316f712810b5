"""The life of a line of money and of a tranche, and how lines open."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import LOCAL_KINDS
from agreements.workflow import AGREEMENT
from foundation import clock
from foundation.calendar import add_working_days
from foundation.workflow import NEW, STAYS, Move, NotNow, Workflow
from projects.models import Source

from . import ledger
from .models import Appropriation, Stage, Tranche

A, T = Appropriation.State, Tranche.State
DAYS_TO_DECIDE, DAYS_TO_PAY = 20, 10


def is_national(tranche):
    if not tranche.appropriation.is_national:
        raise NotNow(gettext("Only national funds are requested in tranches."))


def line_is_open(tranche):
    if tranche.appropriation.state != A.OPEN:
        raise NotNow(gettext("The year of this line is closed."))


def set_due(tranche):
    """The ministry decides within twenty working days (about the thirty days of the grants
    act, 보조금 관리에 관한 법률), and pays within ten more.
    """
    days = DAYS_TO_DECIDE if tranche.state == T.REQUESTED else DAYS_TO_PAY
    tranche.due_on = add_working_days(clock.today(), days)


def complete_when_paid(tranche):
    """A tranche that is paid to the last won is paid."""
    if not tranche.unpaid:
        TRANCHE.perform("complete", tranche, actor=None)


APPROPRIATION = Workflow(
    Appropriation,
    #    move             from      to      who may
    Move("open",           {NEW},    A.OPEN, None, _("Promised by the agreement")),
    Move("vote",           {A.OPEN}, STAYS,  "disbursements.record_vote",
         _("Record what was voted"), needs_key=True, tone="primary"),
    Move("execute",        {A.OPEN}, STAYS,  "disbursements.report_execution",
         _("Report execution"), needs_key=True, tone="primary"),
    Move("mend_vote",      {A.OPEN}, STAYS,  "disbursements.record_vote",
         _("Mend a recorded vote"), needs_key=True, needs_note=True),
    Move("mend_execution", {A.OPEN}, STAYS,  "disbursements.report_execution",
         _("Mend reported execution"), needs_key=True, needs_note=True),
)  # fmt: skip

TRANCHE = Workflow(
    Tranche,
    #    move       from           to           who may
    Move("request", {NEW},         T.REQUESTED, "disbursements.request_tranche",
         _("Request a tranche"), requires=(is_national, line_is_open), stamps="requested_by",
         does=set_due, needs_key=True, tone="primary"),
    Move("grant",   {T.REQUESTED}, T.GRANTED,   "disbursements.grant_tranche",
         _("Grant"), requires=(line_is_open,), does=set_due, stamps="granted_by",
         never_by=("requested_by",), needs_key=True, tone="primary"),
    Move("refuse",  {T.REQUESTED}, T.REFUSED,   "disbursements.grant_tranche",
         _("Refuse"), never_by=("requested_by",), needs_note=True, tone="danger"),
    Move("pay",     {T.GRANTED},   STAYS,       "disbursements.pay_tranche",
         _("Record a payment"), requires=(line_is_open,), stamps="paid_by",
         never_by=("requested_by", "granted_by"), needs_key=True,
         effects=(complete_when_paid,), tone="primary"),
    Move("complete", {T.GRANTED},  T.PAID,      None, _("Paid in full")),
)  # fmt: skip


def open_lines(version):
    """When a version enters into force, every commitment becomes a line of money."""
    version = type(version).objects.for_page().get(pk=version.pk)
    for commitment in version.commitments.select_related("component").order_by("pk"):
        line = Appropriation(
            agreement=version.agreement,
            component=commitment.component,
            fiscal_year=commitment.fiscal_year,
            source=commitment.source,
            payer_id=payer_of(version, commitment),
            recipient_id=recipient_of(version),
        )

        def promise(record, won=commitment.won):
            ledger.add(record, Stage.AGREED, won, on=clock.today())

        APPROPRIATION.perform("open", line, actor=None, parts=promise)


def recipient_of(version):
    """The applicant; for an administrative city, which is no legal body, its province."""
    applicant = version.agreement.proposal.applicant
    return applicant.pk if applicant.is_legal_body else province_of(version)


def province_of(version):
    local = [party for party in version.parties.all() if party.organisation.kind in LOCAL_KINDS]
    provinces = [party for party in local if party.organisation.kind == "province"]
    return (provinces or local)[0].organisation_id


def payer_of(version, commitment):
    """National: the component's ministry, or the lead ministry of a block grant; else local."""
    if commitment.source == Source.NATIONAL:
        block = version.agreement.proposal.call.block_grant
        return version.agreement.lead_ministry_id if block else commitment.component.ministry_id
    return province_of(version) if commitment.source == Source.PROVINCIAL else recipient_of(version)


AGREEMENT.then("enter", open_lines)
