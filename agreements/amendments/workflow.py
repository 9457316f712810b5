"""Workflows of amendments and terminations."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NEW, Move, Workflow

from .effects import (
    begin_next_version,
    drop_next_version,
    end_agreement,
    set_day_to_decide,
    set_day_to_finish,
)
from .models import Amendment, Termination
from .requirements import can_be_amended, has_no_termination, is_in_force_or_suspended

M = Amendment.State
T = Termination.State

AMENDMENT = Workflow(
    Amendment,
    #    move        from          to           who may
    Move("propose",  {NEW},        M.PROPOSED,  "agreements.propose_amendment",
         _("Propose an amendment"), requires=(can_be_amended,), does=set_day_to_finish,
         stamps="proposed_by", effects=(begin_next_version,), tone="primary"),
    Move("withdraw", {M.PROPOSED}, M.WITHDRAWN, "agreements.withdraw_amendment",
         _("Withdraw the amendment"), needs_note=True, effects=(drop_next_version,), tone="danger"),
    Move("conclude", {M.PROPOSED}, M.IN_FORCE,  None, _("The amendment is in force")),
    Move("lapse",    {M.PROPOSED}, M.WITHDRAWN, None, _("Lapsed with the agreement"),
         effects=(drop_next_version,)),
)  # fmt: skip


TERMINATION = Workflow(
    Termination,
    #    move        from          to           who may
    Move("prepare",  {NEW},        T.PREPARED,  "agreements.end_agreement",
         _("Prepare the termination"), requires=(is_in_force_or_suspended, has_no_termination),
         stamps="prepared_by", does=set_day_to_decide, tone="danger"),
    Move("decide",   {T.PREPARED}, T.DECIDED,   "agreements.end_agreement",
         _("Terminate the agreement"), requires=(is_in_force_or_suspended,), stamps="decided_by",
         never_by=("prepared_by",), effects=(end_agreement,), tone="danger"),
    Move("withdraw", {T.PREPARED}, T.WITHDRAWN, "agreements.end_agreement",
         _("Withdraw the termination"), needs_note=True),
)  # fmt: skip
