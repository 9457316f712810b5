"""The life of a line of money and of a tranche, and how lines open."""

from django.utils.translation import gettext_lazy as _

from agreements.workflow import AGREEMENT, TERMINATION
from foundation.engine.workflow import NEW, STAYS, Move, Workflow
from foundation.time import clock
from foundation.time.calendar import add_working_days

from . import ledger
from .booking import book_the_carry, book_the_interest, book_the_return
from .gaps import gap_of
from .models import (
    Appropriation,
    CarryOver,
    GapResolution,
    Settlement,
    Tranche,
)
from .rebasing import follow
from .requirements import (
    another_is_possible,
    enough_is_executed,
    has_an_open_gap,
    is_in_force,
    is_in_no_batch,
    is_national,
    is_not_settled,
    is_not_terminated,
    is_not_under_settlement,
    is_within_the_gap,
    keeps_what_is_paid,
    line_is_national,
    line_is_open,
    no_tranche_is_open,
    no_tranche_is_under_way,
    nothing_is_left,
    nothing_is_under_way,
    settles_national_funds,
    treasury_is_not_settled,
    unspent_is_as_reported,
    year_is_not_closed,
)
from .terminating import freeze_the_sheet

A = Appropriation.State
T = Tranche.State
C = CarryOver.State
S = Settlement.State
G = GapResolution.State
DAYS_TO_DECIDE, DAYS_TO_PAY, DAYS_TO_ANSWER = 20, 10, 10


def set_days_to_decide(record):
    """Whoever decides has twenty working days, as for a tranche."""
    record.due_on = add_working_days(clock.today(), DAYS_TO_DECIDE)


def set_unspent(settlement):
    """What is left over is what the ledger says, and no figure that somebody types."""
    settlement.unspent = ledger.balance_of(settlement.appropriation).in_treasury
    set_days_to_decide(settlement)


def set_stage(resolution):
    """Where the gap shows now; whom the money was promised to answers within ten working days."""
    is_within_the_gap(resolution)
    resolution.stage = gap_of(resolution.appropriation, clock.today()).stage
    resolution.due_on = add_working_days(clock.today(), DAYS_TO_ANSWER)


def set_due(tranche):
    """The ministry decides within twenty working days (about the thirty days of the grants
    act, 보조금 관리에 관한 법률), and pays within ten more.
    """
    days = DAYS_TO_DECIDE if tranche.state == T.REQUESTED else DAYS_TO_PAY
    tranche.due_on = add_working_days(clock.today(), days)


def complete_when_paid(tranche):
    """A tranche that is paid to the last won is paid; one revoked whole is revoked."""
    if not tranche.unpaid:
        TRANCHE.perform("complete" if tranche.paid else "void", tranche, actor=None)


APPROPRIATION = Workflow(
    Appropriation,
    #    move             from      to      who may
    Move("open",           {NEW},    A.OPEN, None, _("Promised by the agreement")),
    Move("vote",           {A.OPEN}, STAYS,  "disbursements.record_vote",
         _("Record what was voted"), needs_key=True, tone="primary"),
    Move("execute",        {A.OPEN}, STAYS,  "disbursements.report_execution",
         _("Report execution"), requires=(is_not_under_settlement,), needs_key=True, tone="primary"),
    Move("apply",          {A.OPEN}, STAYS,  "disbursements.report_execution",
         _("Record what was applied for"), requires=(line_is_national,), needs_key=True),
    Move("record",         {A.OPEN}, STAYS,  "disbursements.record_vote",
         _("Record a figure of the budget"), needs_key=True),
    Move("contract",       {A.OPEN}, STAYS,  "disbursements.report_execution",
         _("Report what is under contract"), requires=(is_not_under_settlement,), needs_key=True),
    Move("draw",           {A.OPEN}, STAYS,  "disbursements.record_vote",
         _("Draw from the agreement's pot"), requires=(line_is_national,), needs_key=True),
    Move("lapse",          {A.OPEN, A.CLOSED}, STAYS, "disbursements.record_vote",
         _("Let the rest lapse"), needs_key=True, needs_note=True, tone="danger"),
    Move("close_year",     {A.OPEN, A.CLOSED}, A.SETTLED, "disbursements.record_vote",
         _("Close the year"), requires=(nothing_is_under_way, nothing_is_left)),
    Move("carry_out",      {A.OPEN}, STAYS,  None, _("Carried over into the next year")),
    Move("carry_in",       {A.OPEN, A.CLOSED}, A.OPEN, None, _("Carried over from the year before")),
    Move("earn",           {A.OPEN, A.CLOSED}, STAYS, None, _("Interest of the settlement")),
    Move("give_back",      {A.OPEN, A.CLOSED}, STAYS, None, _("Returned by the settlement")),
    Move("mend_vote",      {A.OPEN}, STAYS,  "disbursements.record_vote",
         _("Mend a recorded vote"), needs_key=True, needs_note=True),
    Move("mend_execution", {A.OPEN}, STAYS,  "disbursements.report_execution",
         _("Mend reported execution"), requires=(is_not_under_settlement,), needs_key=True, needs_note=True),
    Move("rebase",         {A.OPEN, A.SETTLED}, STAYS,  None, _("Promised anew by an amendment")),
    Move("close",          {A.OPEN}, A.CLOSED, None, _("No longer promised by the agreement")),
    Move("reopen",         {A.CLOSED}, A.OPEN, None, _("Promised again by an amendment")),
)  # fmt: skip

TRANCHE = Workflow(
    Tranche,
    #    move       from           to           who may
    Move("request", {NEW},         T.REQUESTED, "disbursements.request_tranche",
         _("Request a tranche"),
         requires=(is_national, line_is_open, is_in_force, is_not_settled, another_is_possible,
                   enough_is_executed),
         stamps="requested_by", does=set_due, needs_key=True, tone="primary"),
    Move("grant",   {T.REQUESTED}, T.GRANTED,   "disbursements.grant_tranche",
         _("Grant"), requires=(line_is_open, is_in_force), does=set_due, stamps="granted_by",
         never_by=("requested_by",), needs_key=True, tone="primary"),
    Move("refuse",  {T.REQUESTED}, T.REFUSED,   "disbursements.grant_tranche",
         _("Refuse"), never_by=("requested_by",), needs_note=True, tone="danger"),
    Move("pay",     {T.GRANTED},   STAYS,       "disbursements.pay_tranche",
         _("Record a payment"), requires=(line_is_open, is_not_terminated, is_in_no_batch), stamps="paid_by",
         never_by=("requested_by", "granted_by"), needs_key=True,
         effects=(complete_when_paid,), tone="primary"),
    Move("revoke",  {T.GRANTED},   STAYS,       "disbursements.grant_tranche",
         _("Revoke what is not paid"), requires=(is_in_no_batch,), never_by=("requested_by",),
         needs_note=True, needs_key=True,
         effects=(complete_when_paid,), tone="danger"),
    Move("redate",  {T.REQUESTED, T.GRANTED}, STAYS, "disbursements.grant_tranche",
         _("Set another day"), needs_note=True),
    Move("complete", {T.GRANTED},  T.PAID,      None, _("Paid in full")),
    Move("void",    {T.GRANTED},   T.REVOKED,   None, _("Nothing of it was paid")),
)  # fmt: skip

CARRY_OVER = Workflow(
    CarryOver,
    #    move       from           to           who may
    Move("request", {NEW},         C.REQUESTED, "disbursements.request_carry_over",
         _("Request a carry-over"), stamps="requested_by", does=set_days_to_decide),
    Move("approve", {C.REQUESTED}, C.APPROVED,  "disbursements.decide_carry_over",
         _("Approve the carry-over"), requires=(treasury_is_not_settled,), stamps="decided_by", never_by=("requested_by",), needs_key=True,
         effects=(book_the_carry,), tone="primary"),
    Move("refuse",  {C.REQUESTED}, C.REFUSED,   "disbursements.decide_carry_over",
         _("Refuse the carry-over"), stamps="decided_by", never_by=("requested_by",),
         needs_note=True, tone="danger"),
)  # fmt: skip

SETTLEMENT = Workflow(
    Settlement,
    #    move         from                  to           who may
    Move("report",    {NEW, S.SENT_BACK},   S.REPORTED,  "disbursements.report_settlement",
         _("Report the settlement"), requires=(settles_national_funds, year_is_not_closed, no_tranche_is_under_way),
         stamps="reported_by", does=set_unspent),
    Move("send_back", {S.REPORTED},         S.SENT_BACK, "disbursements.accept_settlement",
         _("Send the settlement back"), never_by=("reported_by",), needs_note=True),
    Move("accept",    {S.REPORTED},         S.ACCEPTED,  "disbursements.accept_settlement",
         _("Accept the settlement"), requires=(no_tranche_is_under_way, unspent_is_as_reported), stamps="accepted_by",
         never_by=("reported_by",), needs_key=True, effects=(book_the_interest,), tone="primary"),
    Move("receive",   {S.ACCEPTED},         S.SETTLED,   "disbursements.accept_settlement",
         _("Record the return"), never_by=("reported_by",), needs_key=True,
         effects=(book_the_return,), tone="primary"),
    Move("settle",    {S.ACCEPTED},         S.SETTLED,   None, _("Nothing is to be returned")),
)  # fmt: skip

GAP_RESOLUTION = Workflow(
    GapResolution,
    #    move        from          to           who may
    Move("propose",  {NEW},        G.PROPOSED,  "disbursements.resolve_gap",
         _("Propose how the gap is closed"), requires=(has_an_open_gap,), does=set_stage,
         stamps="proposed_by"),
    Move("accept",   {G.PROPOSED}, G.ACCEPTED,  "disbursements.accept_gap",
         _("Accept"), requires=(is_within_the_gap,), stamps="decided_by",
         never_by=("proposed_by",), tone="primary"),
    Move("refuse",   {G.PROPOSED}, G.REFUSED,   "disbursements.accept_gap",
         _("Refuse"), stamps="decided_by", never_by=("proposed_by",), needs_note=True,
         tone="danger"),
    Move("withdraw", {G.PROPOSED}, G.WITHDRAWN, "disbursements.resolve_gap",
         _("Withdraw the proposal"), needs_note=True),
)  # fmt: skip


AGREEMENT.then("enter", follow)
AGREEMENT.then("take_effect", follow)
for move in ("circulate", "enter", "take_effect"):
    AGREEMENT.demand(move, keeps_what_is_paid)
AGREEMENT.demand("complete", no_tranche_is_open)
TERMINATION.then("decide", freeze_the_sheet)
