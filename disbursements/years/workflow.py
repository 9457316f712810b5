"""Workflows of carry-overs, settlements and gap resolutions."""

from django.utils.translation import gettext_lazy as _

from disbursements.ledger import writers as ledger
from disbursements.ledger.posting import book_the_carry, book_the_interest, book_the_return
from disbursements.tranches.workflow import DAYS_TO_ANSWER, set_days_to_decide
from foundation.engine.workflow import NEW, Move, Workflow
from foundation.time import clock
from foundation.time.calendar import add_working_days

from .gaps import gap_of
from .models import CarryOver, GapResolution, Settlement
from .requirements import (
    has_an_open_gap,
    is_within_the_gap,
    no_tranche_is_under_way,
    settles_national_funds,
    treasury_is_not_settled,
    unspent_is_as_reported,
    year_is_not_closed,
)

C = CarryOver.State
S = Settlement.State
G = GapResolution.State


def set_unspent(settlement):
    """Take the unspent amount from the ledger, not from a form, and set the deadline."""
    settlement.unspent = ledger.balance_of(settlement.appropriation).in_treasury
    set_days_to_decide(settlement)


def set_stage(resolution):
    """Set the stage of the gap, and the recipient's deadline of ten working days."""
    is_within_the_gap(resolution)
    resolution.stage = gap_of(resolution.appropriation, clock.today()).stage
    resolution.due_on = add_working_days(clock.today(), DAYS_TO_ANSWER)


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
