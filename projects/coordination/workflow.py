"""Workflows of a round of coordination and of its positions."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NEW, Move, Workflow
from projects.selection.requirements import round_fits_ceilings

from .effects import (
    ask_parties,
    check_amount_limits,
    clear_reason,
    lapse_positions,
    make_amounts_effective,
    record_no_positions,
    set_number_and_revision,
    settle_after_last_answer,
    supersede_earlier_rounds,
)
from .models import Position, Round
from .requirements import has_objection_or_is_overdue, may_be_coordinated, round_is_open

W = Round.State
Y = Position.State

ROUND = Workflow(
    Round,
    #    move       from                      to            who may
    Move("propose", {NEW},                    W.OPEN,       "projects.coordinate_proposal",
         _("Propose amounts to the parties"), requires=(may_be_coordinated,),
         stamps="written_by", does=set_number_and_revision,
         effects=(check_amount_limits, supersede_earlier_rounds, ask_parties), tone="primary"),
    Move("conclude", {W.OPEN},                W.AGREED,     None,
         _("All parties accept"), requires=(round_fits_ceilings,), effects=(make_amounts_effective,)),
    Move("stall",   {W.OPEN},                 W.OBJECTED,   None,
         _("All have answered, and somebody objects")),
    Move("decide",  {W.OPEN, W.OBJECTED},     W.DECIDED,    "projects.coordinate_proposal",
         _("Close the round by a decision"), requires=(has_objection_or_is_overdue, round_fits_ceilings),
         needs_note=True, stamps="decided_by", never_by=("written_by",),
         effects=(record_no_positions, make_amounts_effective), tone="primary"),
    Move("withdraw", {W.OPEN, W.OBJECTED},    W.WITHDRAWN,  "projects.coordinate_proposal",
         _("Withdraw the round"), needs_note=True, effects=(lapse_positions,)),
    Move("supersede", {W.OPEN, W.OBJECTED},   W.SUPERSEDED, None,
         _("Replaced by a later round"), effects=(lapse_positions,)),
    Move("lapse",   {W.OPEN, W.OBJECTED},     W.LAPSED,     None,
         _("No longer coordinated"), effects=(lapse_positions,)),
)  # fmt: skip

POSITION = Workflow(
    Position,
    #    move       from                      to           who may
    Move("ask",     {NEW},                    Y.ASKED,     None, _("Ask the party")),
    Move("accept",  {Y.ASKED, Y.OBJECTED},    Y.ACCEPTED,  "projects.take_position",
         _("Accept the amounts"), requires=(round_is_open,), does=clear_reason,
         stamps="decided_by", effects=(settle_after_last_answer,), tone="primary"),
    Move("object",  {Y.ASKED, Y.ACCEPTED},    Y.OBJECTED,  "projects.take_position",
         _("Object to the amounts"), requires=(round_is_open,), needs_note=True,
         stamps="decided_by", effects=(settle_after_last_answer,), needs_content=True),
    Move("pass_over", {Y.ASKED},              Y.SILENT,    None, _("Record “no position”")),
    Move("lapse",   {Y.ASKED},                Y.LAPSED,    None, _("No longer asked")),
)  # fmt: skip
