"""Workflows of corrections and of their confirmations."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NEW, Move, Workflow

from .effects import (
    ask_to_confirm,
    lapse_confirmations,
    make_after_last_confirmation,
    refuse_after_first_refusal,
    write_articles,
)
from .models import Confirmation, Correction
from .requirements import can_be_corrected

C = Correction.State
W = Confirmation.State

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
         _("The text is drafted again: the correction lapses"), effects=(lapse_confirmations,)),
)  # fmt: skip

CONFIRMATION = Workflow(
    Confirmation,
    #    move       from        to           who may
    Move("ask",     {NEW},      W.ASKED,     None, _("Ask for confirmation")),
    Move("confirm", {W.ASKED},  W.CONFIRMED, "agreements.confirm_correction",
         _("Confirm the correction"), effects=(make_after_last_confirmation,), stamps="decided_by",
         never_by=("correction__proposed_by",), tone="primary"),
    Move("refuse",  {W.ASKED},  W.REFUSED,   "agreements.confirm_correction",
         _("Refuse the correction"), effects=(refuse_after_first_refusal,), stamps="decided_by",
         needs_note=True, tone="danger"),
    Move("lapse",   {W.ASKED},  W.LAPSED,    None, _("No longer asked")),
)  # fmt: skip
