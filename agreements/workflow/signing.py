"""The life of signatures on paper, delegations, and corrections of an agreed text."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NEW, Move, Workflow

from ..effects.correcting import (
    ask_to_confirm,
    lapse_confirmations,
    make_with_the_last,
    refuse_with_the_first,
    write_articles,
)
from ..effects.signing import (
    count_paper,
)
from ..models import (
    Confirmation,
    Correction,
    Delegation,
    PaperSignature,
)
from ..requirements import (
    can_be_corrected,
    is_waiting_for_signature,
)

P = PaperSignature.State
D = Delegation.State
C = Correction.State
W = Confirmation.State

PAPER = Workflow(
    PaperSignature,
    #    move       from          to           who may
    Move("enter",   {NEW},        P.ENTERED,   "agreements.enter_paper",
         _("Enter a signature on paper"), requires=(is_waiting_for_signature,),
         stamps="entered_by", tone="primary"),
    Move("confirm", {P.ENTERED},  P.CONFIRMED, "agreements.confirm_paper",
         _("The scan is right: it counts"), requires=(is_waiting_for_signature,),
         effects=(count_paper,), stamps="confirmed_by", never_by=("entered_by",), tone="primary"),
    Move("refuse",  {P.ENTERED},  P.REFUSED,   "agreements.confirm_paper",
         _("Turn the scan down"), needs_note=True, tone="danger"),
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


CORRECTION = Workflow(
    Correction,
    #    move        from           to          who may
    Move("propose",  {NEW},         C.PROPOSED, "agreements.draft_version",
         _("Propose a correction"), requires=(can_be_corrected,), effects=(ask_to_confirm,),
         stamps="proposed_by", tone="primary"),
    Move("make",     {C.PROPOSED},  C.MADE,     None,
         _("All parties confirm: the correction is made"), effects=(write_articles,)),
    Move("refuse",   {C.PROPOSED},  C.REFUSED,  None,
         _("A party refuses: nothing changes"), effects=(lapse_confirmations,)),
    Move("withdraw", {C.PROPOSED},  C.LAPSED,   "agreements.draft_version",
         _("Withdraw the correction"), effects=(lapse_confirmations,)),
    Move("lapse",    {C.PROPOSED},  C.LAPSED,   None,
         _("The text is drafted anew: the correction lapses"), effects=(lapse_confirmations,)),
)  # fmt: skip


CONFIRMATION = Workflow(
    Confirmation,
    #    move       from        to           who may
    Move("ask",     {NEW},      W.ASKED,     None, _("Ask for confirmation")),
    Move("confirm", {W.ASKED},  W.CONFIRMED, "agreements.confirm_correction",
         _("Confirm the correction"), effects=(make_with_the_last,), stamps="decided_by",
         never_by=("correction__proposed_by",), tone="primary"),
    Move("refuse",  {W.ASKED},  W.REFUSED,   "agreements.confirm_correction",
         _("Refuse the correction"), effects=(refuse_with_the_first,), stamps="decided_by",
         needs_note=True, tone="danger"),
    Move("lapse",   {W.ASKED},  W.LAPSED,    None, _("No longer asked")),
)  # fmt: skip
