"""The life of a round of coordination and of the positions in it."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NEW, Move, Workflow
from projects.selection.requirements import fits_the_ceilings

from .effects import (
    answer_with_the_last,
    ask_the_parties,
    begin_the_round,
    forget_the_objection,
    hold_to_the_limits,
    lapse_positions,
    let_it_stand,
    pass_over_the_silent,
    replace_the_earlier,
)
from .models import Position, Round
from .requirements import its_round_is_open, may_be_coordinated, nobody_is_awaited

W = Round.State
Y = Position.State

ROUND = Workflow(
    Round,
    #    move       from                      to            who may
    Move("propose", {NEW},                    W.OPEN,       "projects.coordinate_proposal",
         _("Propose amounts to the parties"), requires=(may_be_coordinated,),
         stamps="written_by", does=begin_the_round,
         effects=(hold_to_the_limits, replace_the_earlier, ask_the_parties), tone="primary"),
    Move("conclude", {W.OPEN},                W.AGREED,     None,
         _("All parties accept"), requires=(fits_the_ceilings,), effects=(let_it_stand,)),
    Move("stall",   {W.OPEN},                 W.OBJECTED,   None,
         _("All have answered, and somebody objects")),
    Move("decide",  {W.OPEN, W.OBJECTED},     W.DECIDED,    "projects.coordinate_proposal",
         _("Close the round by a decision"), requires=(nobody_is_awaited, fits_the_ceilings),
         needs_note=True, stamps="decided_by", never_by=("written_by",),
         effects=(pass_over_the_silent, let_it_stand), tone="primary"),
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
         _("Accept the amounts"), requires=(its_round_is_open,), does=forget_the_objection,
         stamps="decided_by", effects=(answer_with_the_last,), tone="primary"),
    Move("object",  {Y.ASKED, Y.ACCEPTED},    Y.OBJECTED,  "projects.take_position",
         _("Object to the amounts"), requires=(its_round_is_open,), needs_note=True,
         stamps="decided_by", effects=(answer_with_the_last,)),
    Move("pass_over", {Y.ASKED},              Y.SILENT,    None, _("Record “no position”")),
    Move("lapse",   {Y.ASKED},                Y.LAPSED,    None, _("No longer asked")),
)  # fmt: skip
