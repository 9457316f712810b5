"""The life of a call, of a proposal, of reviews and of rounds, each on one screen."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.workflow import NEW, STAYS, Move, Workflow

from .effects.asking import (
    ask_ministries,
    ask_the_new_ministry,
    begin_anew,
    conclude_with_the_last,
    lapse_open_reviews,
    reopen_if_prepared_in_conflict,
)
from .effects.coordinating import (
    answer_with_the_last,
    ask_the_parties,
    begin_the_round,
    forget_the_objection,
    hold_to_the_limits,
    lapse_positions,
    lapse_rounds,
    let_it_stand,
    pass_over_the_silent,
    replace_the_earlier,
)
from .effects.outcome import allow_above_ceilings, free_the_places, leave_the_reserve
from .effects.time import give_back_the_days, note_the_day, start_the_clock, stop_the_clock
from .effects.way_in import (
    begin_with_the_new_revision,
    find_the_way_in,
    freeze_revision,
    give_to_the_province,
    nothing_is_due,
    open_unless_checked,
    take_the_recommendation,
)
from .models import Call, Ceiling, Position, Proposal, Question, Review, Round
from .requirements import (
    call_accepts,
    fits_the_ceilings,
    has_all_marks,
    has_an_answer,
    has_support,
    is_complete,
    is_overdue,
    is_within_ceilings,
    its_round_is_open,
    may_be_coordinated,
    may_be_taken_back,
    may_still_be_asked,
    nobody_is_awaited,
)

C, P, R, Q = Call.State, Proposal.State, Review.State, Question.State
E = Ceiling.State
D, S = Round.State, Position.State
INTERESTED = (
    "conflicts__person",
    "proposal__applicant__memberships__user",
    "proposal__partners__memberships__user",
)

CALL = Workflow(
    Call,
    #    move       from        to        who may                  label
    Move("prepare", {NEW},      C.DRAFT,  "projects.manage_call",  _("Prepare a call")),
    Move("revise",  {C.DRAFT},  STAYS,    "projects.manage_call",  _("Edit the call")),
    Move("open",    {C.DRAFT},  C.OPEN,    "projects.manage_call",  _("Open the call"), tone="primary"),
    Move("amend",   {C.OPEN},   STAYS,     "projects.manage_call",  _("Change the open call"), needs_note=True),
    Move("close",   {C.OPEN},   C.CLOSED, "projects.manage_call",  _("Close the call"), needs_note=True),
    Move("divide",  {C.OPEN, C.CLOSED}, STAYS, "projects.coordinate_proposal",
         _("Divide the funds again"), needs_note=True),
)  # fmt: skip

PROPOSAL = Workflow(
    Proposal,
    #    move        from                       to              who may
    Move("begin",    {NEW},                     P.DRAFT,        "projects.write_proposal",
         _("Write a proposal"), stamps="written_by"),
    Move("revise",   {P.DRAFT, P.RETURNED},     STAYS,          "projects.write_proposal",
         _("Edit the proposal"), stamps="written_by"),
    Move("hand_over", {P.DRAFT, P.RETURNED},    STAYS,          "projects.write_proposal",
         _("Hand over to a colleague")),
    Move("submit",   {P.DRAFT, P.RETURNED},     P.SUBMITTED,    "projects.submit_proposal",
         _("Submit"), requires=(call_accepts, is_complete), stamps="submitted_by",
         never_by=("written_by",), does=begin_with_the_new_revision,
         effects=(freeze_revision, find_the_way_in), tone="primary"),
    Move("take_back", {P.SUBMITTED, P.SCREENING, P.IN_REVIEW}, P.DRAFT, "projects.submit_proposal",
         _("Take back the submission"), requires=(may_be_taken_back,), does=free_the_places,
         effects=(lapse_open_reviews,)),
    Move("pass_on",  {P.SUBMITTED},             P.SCREENING,    None,
         _("The province screens it"), does=give_to_the_province),
    Move("recommend", {P.SCREENING},            P.SUBMITTED,    "projects.screen_proposal",
         _("Recommend"), does=take_the_recommendation, effects=(open_unless_checked,), tone="primary"),
    Move("pass_by",  {P.SCREENING},             P.NOT_SELECTED, "projects.screen_proposal",
         _("Do not recommend"), needs_note=True, does=free_the_places, tone="danger"),
    Move("accept",   {P.SUBMITTED},             P.IN_REVIEW,    "projects.decide_proposal",
         _("Complete: ask the ministries"), does=nothing_is_due, effects=(ask_ministries,),
         tone="primary"),
    Move("open_reviews", {P.SUBMITTED},         P.IN_REVIEW,    None,
         _("The ministries are asked"), effects=(ask_ministries,)),
    Move("conclude", {P.IN_REVIEW},             P.REVIEWED,     None,
         _("All ministries have answered")),
    Move("reroute",  {P.IN_REVIEW},             STAYS,          None,
         _("A component goes to another ministry")),
    Move("return",   {P.SUBMITTED, P.IN_REVIEW, P.REVIEWED}, P.RETURNED, "projects.decide_proposal",
         _("Return for revision"), needs_note=True, does=nothing_is_due,
         effects=(lapse_open_reviews, lapse_rounds)),
    Move("coordinate", {P.REVIEWED, P.RESERVE, P.SELECTED}, STAYS, None,
         _("The coordinated amounts stand")),
    Move("select",   {P.REVIEWED},              P.SELECTED,     "projects.decide_proposal",
         _("Select"), requires=(has_support, is_within_ceilings), tone="primary"),
    Move("allow_above", {P.REVIEWED, P.RESERVE, P.SELECTED}, STAYS, "projects.set_ceiling",
         _("Allow it above the ceilings"), needs_note=True, does=allow_above_ceilings),
    Move("reserve",  {P.REVIEWED},              P.RESERVE,      "projects.decide_proposal",
         _("Keep in reserve"), requires=(has_support,)),
    Move("promote",  {P.RESERVE},               P.SELECTED,     "projects.decide_proposal",
         _("Select from the reserve"), requires=(is_within_ceilings,), needs_note=True,
         does=leave_the_reserve, tone="primary"),
    Move("reject",   {P.REVIEWED, P.RESERVE},   P.NOT_SELECTED, "projects.decide_proposal",
         _("Do not select"), needs_note=True, does=free_the_places, effects=(lapse_rounds,),
         tone="danger"),
    Move("withdraw", {P.DRAFT, P.SUBMITTED, P.SCREENING, P.IN_REVIEW, P.REVIEWED, P.RETURNED,
                      P.RESERVE, P.SELECTED}, P.WITHDRAWN, "projects.submit_proposal",
         _("Withdraw"), needs_note=True, does=free_the_places,
         effects=(lapse_open_reviews, lapse_rounds), tone="danger"),
)  # fmt: skip

CEILING = Workflow(
    Ceiling,
    Move("set",    {NEW},   E.SET, "projects.set_ceiling", _("Set a ceiling"), tone="primary"),
    Move("change", {E.SET}, STAYS, "projects.set_ceiling", _("Change the ceiling"), needs_note=True),
)  # fmt: skip

REVIEW = Workflow(
    Review,
    #    move       from                      to           who may
    Move("ask",     {NEW},                    R.WAITING,   None, _("Ask the ministry")),
    Move("assign",  {R.WAITING, R.ANSWERED},  STAYS,       "projects.confirm_review",
         _("Assign a reviewer"), inside=True),
    Move("declare", {R.WAITING, R.ANSWERED},  STAYS,       "projects.declare_conflict",
         _("Declare a conflict of interest"), needs_note=True, inside=True, never_by=INTERESTED[:1],
         effects=(reopen_if_prepared_in_conflict,)),
    Move("reopen",  {R.ANSWERED},             R.WAITING,   None,
         _("Written in a conflict of interest: to be answered anew"), inside=True),
    Move("answer",  {R.WAITING, R.ANSWERED},  R.ANSWERED,  "projects.write_review",
         pgettext_lazy("move", "Answer"), stamps="prepared_by", never_by=INTERESTED,
         inside=True, tone="primary"),
    Move("send_back", {R.ANSWERED},           R.WAITING,   "projects.confirm_review",
         _("Send back to the reviewer"), needs_note=True, inside=True, never_by=INTERESTED),
    Move("confirm", {R.ANSWERED},             R.CONFIRMED, "projects.confirm_review",
         _("Confirm the answer"), requires=(has_an_answer, has_all_marks), stamps="decided_by",
         never_by=("prepared_by", *INTERESTED), effects=(conclude_with_the_last,), tone="primary"),
    Move("disown",  {R.CONFIRMED},            R.DISOWNED,  None, _("Not ours: back to the coordinator")),
    Move("reroute", {R.DISOWNED},             R.REROUTED,  "projects.decide_proposal",
         _("Ask another ministry"), effects=(ask_the_new_ministry,), tone="primary"),
    Move("ask_again", {R.DISOWNED},           R.WAITING,   "projects.decide_proposal",
         _("Ask the same ministry again"), needs_note=True, does=begin_anew),
    Move("stop",    {R.WAITING, R.ANSWERED},  STAYS,       None,
         _("The time stands still until the question is answered"), does=note_the_day),
    Move("go_on",   {R.WAITING, R.ANSWERED},  STAYS,       None,
         _("The time goes on"), does=give_back_the_days),
    Move("pass_over", set(Review.OPEN),       R.SILENT,    "projects.decide_proposal",
         _("Record “no opinion”"), requires=(is_overdue,), needs_note=True,
         effects=(conclude_with_the_last,)),
    Move("lapse",   set(Review.OPEN),         R.LAPSED,    None, _("No longer asked")),
)  # fmt: skip

QUESTION = Workflow(
    Question,
    #    move       from      to            who may
    Move("ask",     {NEW},    Q.ASKED,      "projects.ask_question",
         _("Ask the local government"), requires=(may_still_be_asked,), stamps="asked_by",
         effects=(stop_the_clock,), tone="primary"),
    Move("answer",  {Q.ASKED}, Q.ANSWERED,  "projects.answer_question",
         pgettext_lazy("move", "Answer"), stamps="answered_by", effects=(start_the_clock,),
         tone="primary"),
    Move("withdraw", {Q.ASKED}, Q.WITHDRAWN, "projects.ask_question",
         _("Withdraw the question"), effects=(start_the_clock,)),
    Move("drop",    {Q.ASKED}, Q.WITHDRAWN, None, _("No longer asked")),
)  # fmt: skip

ROUND = Workflow(
    Round,
    #    move       from                      to            who may
    Move("propose", {NEW},                    D.OPEN,       "projects.coordinate_proposal",
         _("Propose amounts to the parties"), requires=(may_be_coordinated,),
         stamps="written_by", does=begin_the_round,
         effects=(hold_to_the_limits, replace_the_earlier, ask_the_parties), tone="primary"),
    Move("conclude", {D.OPEN},                D.AGREED,     None,
         _("All parties accept"), requires=(fits_the_ceilings,), effects=(let_it_stand,)),
    Move("stall",   {D.OPEN},                 D.OBJECTED,   None,
         _("All have answered, and somebody objects")),
    Move("decide",  {D.OPEN, D.OBJECTED},     D.DECIDED,    "projects.coordinate_proposal",
         _("Close the round by a decision"), requires=(nobody_is_awaited, fits_the_ceilings),
         needs_note=True, stamps="decided_by", never_by=("written_by",),
         effects=(pass_over_the_silent, let_it_stand), tone="primary"),
    Move("withdraw", {D.OPEN, D.OBJECTED},    D.WITHDRAWN,  "projects.coordinate_proposal",
         _("Withdraw the round"), needs_note=True, effects=(lapse_positions,)),
    Move("supersede", {D.OPEN, D.OBJECTED},   D.SUPERSEDED, None,
         _("Replaced by a later round"), effects=(lapse_positions,)),
    Move("lapse",   {D.OPEN, D.OBJECTED},     D.LAPSED,     None,
         _("No longer coordinated"), effects=(lapse_positions,)),
)  # fmt: skip

POSITION = Workflow(
    Position,
    #    move       from                      to           who may
    Move("ask",     {NEW},                    S.ASKED,     None, _("Ask the party")),
    Move("accept",  {S.ASKED, S.OBJECTED},    S.ACCEPTED,  "projects.take_position",
         _("Accept the amounts"), requires=(its_round_is_open,), does=forget_the_objection,
         stamps="decided_by", effects=(answer_with_the_last,), tone="primary"),
    Move("object",  {S.ASKED, S.ACCEPTED},    S.OBJECTED,  "projects.take_position",
         _("Object to the amounts"), requires=(its_round_is_open,), needs_note=True,
         stamps="decided_by", effects=(answer_with_the_last,)),
    Move("pass_over", {S.ASKED},              S.SILENT,    None, _("Record “no position”")),
    Move("lapse",   {S.ASKED},                S.LAPSED,    None, _("No longer asked")),
)  # fmt: skip
