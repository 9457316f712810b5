"""Workflows of signatures on paper and of delegations."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NEW, Move, Workflow

from .effects import sign_on_paper
from .models import Delegation, PaperSignature
from .requirements import is_waiting_for_signature

P = PaperSignature.State
D = Delegation.State

PAPER = Workflow(
    PaperSignature,
    #    move       from          to           who may
    Move("enter",   {NEW},        P.ENTERED,   "agreements.enter_paper",
         _("Enter a signature on paper"), requires=(is_waiting_for_signature,),
         stamps="entered_by", tone="primary"),
    Move("confirm", {P.ENTERED},  P.CONFIRMED, "agreements.confirm_paper",
         _("The scan is right: it counts"), requires=(is_waiting_for_signature,),
         effects=(sign_on_paper,), stamps="confirmed_by", never_by=("entered_by",), tone="primary"),
    Move("refuse",  {P.ENTERED},  P.REFUSED,   "agreements.confirm_paper",
         _("Reject the scan"), needs_note=True, tone="danger"),
    Move("lapse",   {P.ENTERED},  P.REFUSED,   None, _("No longer needed")),
)  # fmt: skip

DELEGATION = Workflow(
    Delegation,
    #    move       from          to           who may
    Move("grant",   {NEW},        D.GRANTED,   "agreements.grant_delegation",
         _("Delegate the signature"), stamps="granted_by", never_by=("person",), tone="primary"),
    Move("revoke",  {D.GRANTED},  D.REVOKED,   "agreements.grant_delegation",
         _("Revoke"), stamps="revoked_by", needs_note=True, tone="danger"),
)  # fmt: skip
