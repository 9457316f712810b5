"""The life of an issue with its sides, and of a round of coordination with its positions."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NEW, STAYS, Move, Workflow

from ..effects.coordinating import (
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
from ..effects.issues import (
    ask_the_sides,
    end_for_all_sides,
    note_the_day_of_decision,
    note_the_moment,
)
from ..models import Issue, IssueSide, Position, Round
from ..requirements import (
    fits_the_ceilings,
    has_heard_all,
    is_with_ministries,
    its_round_is_open,
    may_be_coordinated,
    nobody_is_awaited,
)

D, S, W, Y = Issue.State, IssueSide.State, Round.State, Position.State

ISSUE = Workflow(
    Issue,
    #    move         from      to            who may
    Move("raise",     {NEW},    D.OPEN,       "projects.decide_proposal",
         _("Raise an issue"), requires=(is_with_ministries,), stamps="raised_by",
         effects=(ask_the_sides,), tone="primary"),
    Move("add_option", {D.OPEN}, STAYS,       "projects.decide_proposal", _("Add an option")),
    Move("decide",    {D.OPEN}, D.DECIDED,    "projects.decide_proposal",
         _("Decide the issue"), requires=(has_heard_all,), needs_note=True, stamps="decided_by",
         never_by=("raised_by",), does=note_the_day_of_decision, effects=(end_for_all_sides,),
         tone="primary"),
    Move("withdraw",  {D.OPEN}, D.WITHDRAWN,  "projects.decide_proposal",
         _("Withdraw the issue"), needs_note=True, effects=(end_for_all_sides,), tone="danger"),
    Move("lapse",     {D.OPEN}, D.LAPSED,     None,
         _("The proposal has ended"), effects=(end_for_all_sides,)),
)  # fmt: skip

ISSUE_SIDE = Workflow(
    IssueSide,
    #    move        from                  to          who may
    Move("ask",      {NEW},                S.ASKED,    None, _("Ask for the position")),
    Move("state",    {S.ASKED, S.STATED},  S.STATED,   "projects.state_position",
         _("State the position"), stamps="written_by", does=note_the_moment, tone="primary"),
    Move("hear",     {S.STATED},           S.HEARD,    None, _("The position was heard")),
    Move("pass_over", {S.ASKED},           S.SILENT,   None, _("No position was stated")),
)  # fmt: skip

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
