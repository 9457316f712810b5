"""The workflow of a line of money."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NEW, STAYS, Move, Workflow

from . import changes
from .models import Appropriation
from .requirements import (
    is_not_under_settlement,
    line_is_national,
    nothing_is_left,
    nothing_is_under_way,
)

A = Appropriation.State
FIGURE = ("won", "as_of", "evidence")
APPROPRIATION = Workflow(
    Appropriation,
    #    move             from      to      who may
    Move("open",           {NEW},    A.OPEN, None, _("Promised by the agreement")),
    Move("vote",           {A.OPEN}, STAYS,  "disbursements.record_vote",
         _("Record what was voted"), needs=FIGURE, change=changes.vote,
         needs_key=True, tone="primary"),
    Move("execute",        {A.OPEN}, STAYS,  "disbursements.report_execution",
         _("Report execution"), requires=(is_not_under_settlement,), needs=FIGURE, change=changes.execute,
         needs_key=True, tone="primary"),
    Move("apply",          {A.OPEN}, STAYS,  "disbursements.report_execution",
         _("Record what was applied for"), requires=(line_is_national,), needs=FIGURE, change=changes.apply,
         needs_key=True),
    Move("record",         {A.OPEN}, STAYS,  "disbursements.record_vote",
         _("Record a figure of the budget"), needs=("stage", *FIGURE), change=changes.record,
         needs_key=True),
    Move("contract",       {A.OPEN}, STAYS,  "disbursements.report_execution",
         _("Report what is under contract"), requires=(is_not_under_settlement,), needs=FIGURE, change=changes.contract,
         needs_key=True),
    Move("draw",           {A.OPEN}, STAYS,  "disbursements.record_vote",
         _("Draw from the agreement's pot"), requires=(line_is_national,), needs=FIGURE, change=changes.draw,
         needs_key=True),
    Move("lapse",          {A.OPEN, A.CLOSED}, STAYS, "disbursements.record_vote",
         _("Let the rest lapse"), needs=FIGURE, change=changes.lapse,
         needs_key=True, needs_note=True, tone="danger"),
    Move("close_year",     {A.OPEN, A.CLOSED}, A.SETTLED, "disbursements.record_vote",
         _("Close the year"), requires=(nothing_is_under_way, nothing_is_left)),
    Move("carry_out",      {A.OPEN}, STAYS,  None, _("Carried over into the next year")),
    Move("carry_in",       {A.OPEN, A.CLOSED}, A.OPEN, None, _("Carried over from the year before")),
    Move("earn",           {A.OPEN, A.CLOSED}, STAYS, None, _("Interest of the settlement")),
    Move("give_back",      {A.OPEN, A.CLOSED}, STAYS, None, _("Returned by the settlement")),
    Move("mend_vote",      {A.OPEN}, STAYS,  "disbursements.record_vote",
         _("Correct a recorded vote"), needs=("entry",), change=changes.correct_vote,
         needs_key=True, needs_note=True),
    Move("mend_execution", {A.OPEN}, STAYS,  "disbursements.report_execution",
         _("Correct reported execution"), requires=(is_not_under_settlement,), needs=("entry",), change=changes.correct_execution,
         needs_key=True, needs_note=True),
    Move("rebase",         {A.OPEN, A.SETTLED}, STAYS,  None, _("Promise changed by an amendment")),
    Move("close",          {A.OPEN}, A.CLOSED, None, _("No longer promised by the agreement")),
    Move("reopen",         {A.CLOSED}, A.OPEN, None, _("Promised again by an amendment")),
)  # fmt: skip
