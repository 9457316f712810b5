"""The workflow of a tranche, and its deadlines."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.moves import sets
from foundation.engine.redating import new_day_is_possible
from foundation.engine.workflow import NEW, STAYS, Move, Workflow
from foundation.time import clock
from foundation.time.calendar import add_working_days

from . import changes
from .changes import has_reason_while_unsettled
from .models import Tranche
from .requirements import (
    another_is_possible,
    enough_is_executed,
    is_in_force,
    is_in_no_batch,
    is_national,
    is_not_settled,
    is_not_terminated,
    line_is_open,
)

T = Tranche.State
DAYS_TO_DECIDE, DAYS_TO_PAY, DAYS_TO_ANSWER = 20, 10, 10


def set_days_to_decide(record):
    """Set the deadline of a decision: twenty working days, as for a tranche."""
    record.due_on = add_working_days(clock.today(), DAYS_TO_DECIDE)


def set_due(tranche):
    """The ministry decides within twenty working days (about the thirty days of the grants
    act, 보조금 관리에 관한 법률), and pays within ten more.
    """
    days = DAYS_TO_DECIDE if tranche.state == T.REQUESTED else DAYS_TO_PAY
    tranche.due_on = add_working_days(clock.today(), days)


def complete_when_paid(tranche):
    """With nothing unpaid, a tranche becomes paid, or revoked if nothing was paid."""
    if not tranche.unpaid:
        TRANCHE.perform("complete" if tranche.paid else "void", tranche, actor=None)


TRANCHE = Workflow(
    Tranche,
    #    move       from           to           who may
    Move("request", {NEW},         T.REQUESTED, "disbursements.request_tranche",
         _("Request a tranche"),
         requires=(is_national, line_is_open, is_in_force, is_not_settled, another_is_possible,
                   enough_is_executed),
         needs=("won", "purpose"), change=changes.request,
         stamps="requested_by", does=set_due, needs_key=True, tone="primary"),
    Move("grant",   {T.REQUESTED}, T.GRANTED,   "disbursements.grant_tranche",
         _("Grant"), requires=(line_is_open, is_in_force), does=set_due, stamps="granted_by",
         needs=("won", "as_of", "evidence"), change=changes.grant, checks=(has_reason_while_unsettled,),
         never_by=("requested_by",), needs_key=True, tone="primary"),
    Move("refuse",  {T.REQUESTED}, T.REFUSED,   "disbursements.grant_tranche",
         _("Refuse"), never_by=("requested_by",), needs_note=True, tone="danger"),
    Move("pay",     {T.GRANTED},   STAYS,       "disbursements.pay_tranche",
         _("Record a payment"), requires=(line_is_open, is_not_terminated, is_in_no_batch), stamps="paid_by",
         needs=("won", "as_of", "evidence"), change=changes.pay,
         never_by=("requested_by", "granted_by"), needs_key=True,
         effects=(complete_when_paid,), tone="primary"),
    Move("revoke",  {T.GRANTED},   STAYS,       "disbursements.grant_tranche",
         _("Revoke what is not paid"), requires=(is_in_no_batch,), change=changes.revoke, never_by=("requested_by",),
         needs_note=True, needs_key=True,
         effects=(complete_when_paid,), tone="danger"),
    Move("redate",  {T.REQUESTED, T.GRANTED}, STAYS, "disbursements.grant_tranche",
         _("Set another day"), needs_note=True, needs=("due_on",), change=sets("due_on"), checks=(new_day_is_possible,)),
    Move("complete", {T.GRANTED},  T.PAID,      None, _("Paid in full")),
    Move("void",    {T.GRANTED},   T.REVOKED,   None, _("Nothing of it was paid")),
)  # fmt: skip
