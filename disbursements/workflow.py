"""The life of a line of money and of a tranche, and how lines open."""

from django.utils.translation import gettext_lazy as _

from agreements.workflow import AGREEMENT, TERMINATION
from foundation import clock
from foundation.calendar import add_working_days
from foundation.workflow import NEW, STAYS, Move, Workflow

from .models import Appropriation, Tranche
from .rebasing import follow
from .requirements import (
    is_in_force,
    is_national,
    is_not_terminated,
    keeps_what_is_paid,
    line_is_open,
    no_tranche_is_open,
)
from .terminating import freeze_the_sheet

A, T = Appropriation.State, Tranche.State
DAYS_TO_DECIDE, DAYS_TO_PAY = 20, 10


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
    Move("rebase",         {A.OPEN}, STAYS,  None, _("Promised anew by an amendment")),
    Move("close",          {A.OPEN}, A.CLOSED, None, _("No longer promised by the agreement")),
    Move("reopen",         {A.CLOSED}, A.OPEN, None, _("Promised again by an amendment")),
)  # fmt: skip

TRANCHE = Workflow(
    Tranche,
    #    move       from           to           who may
    Move("request", {NEW},         T.REQUESTED, "disbursements.request_tranche",
         _("Request a tranche"), requires=(is_national, line_is_open, is_in_force), stamps="requested_by",
         does=set_due, needs_key=True, tone="primary"),
    Move("grant",   {T.REQUESTED}, T.GRANTED,   "disbursements.grant_tranche",
         _("Grant"), requires=(line_is_open, is_in_force), does=set_due, stamps="granted_by",
         never_by=("requested_by",), needs_key=True, tone="primary"),
    Move("refuse",  {T.REQUESTED}, T.REFUSED,   "disbursements.grant_tranche",
         _("Refuse"), never_by=("requested_by",), needs_note=True, tone="danger"),
    Move("pay",     {T.GRANTED},   STAYS,       "disbursements.pay_tranche",
         _("Record a payment"), requires=(line_is_open, is_not_terminated), stamps="paid_by",
         never_by=("requested_by", "granted_by"), needs_key=True,
         effects=(complete_when_paid,), tone="primary"),
    Move("complete", {T.GRANTED},  T.PAID,      None, _("Paid in full")),
)  # fmt: skip


AGREEMENT.then("enter", follow)
AGREEMENT.then("take_effect", follow)
for move in ("circulate", "enter", "take_effect"):
    AGREEMENT.demand(move, keeps_what_is_paid)
AGREEMENT.demand("complete", no_tranche_is_open)
TERMINATION.then("decide", freeze_the_sheet)
