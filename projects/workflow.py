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
from .effects.issues import (
    ask_the_sides,
    end_for_all_sides,
    lapse_open_issues,
    note_the_day_of_decision,
    note_the_moment,
)
from .effects.letters import (
    write_letter,
)
from .effects.outcome import (
    allow_above_ceilings,
    free_the_places,
    leave_the_reserve,
)
from .effects.refinement import (
    give_the_days_to_check,
    impose_conditions,
    lapse_conditions,
    note_the_day_imposed,
)
from .effects.sessions import (
    note_the_day_of_record,
)
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
from .models import (
    Call,
    Ceiling,
    Comment,
    Condition,
    Issue,
    IssueSide,
    Letter,
    Position,
    Proposal,
    Question,
    Review,
    Round,
    Session,
)
from .requirements import (
    call_accepts,
    day_has_come,
    fits_the_ceilings,
    has_all_marks,
    has_an_agenda,
    has_an_answer,
    has_heard_all,
    has_its_conditions,
    has_support,
    is_complete,
    is_overdue,
    is_with_ministries,
    is_within_ceilings,
    its_round_is_open,
    may_be_coordinated,
    may_be_met,
    may_be_taken_back,
    may_still_be_asked,
    nobody_is_awaited,
)

C, P, R, Q = Call.State, Proposal.State, Review.State, Question.State
E, K, L = Ceiling.State, Condition.State, Letter.State
D, S, M, N = Issue.State, IssueSide.State, Session.State, Comment.State
W, Y = Round.State, Position.State
INTERESTED = (
    "conflicts__person",
    "proposal__applicant__memberships__user",
    "proposal__partners__memberships__user",
)
OF_THE_DESK = ("review__conflicts__person", *INTERESTED[1:])

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
         effects=(lapse_open_reviews, lapse_open_issues)),
    Move("pass_on",  {P.SUBMITTED},             P.SCREENING,    None,
         _("The province screens it"), does=give_to_the_province),
    Move("recommend", {P.SCREENING},            P.SUBMITTED,    "projects.screen_proposal",
         _("Recommend"), does=take_the_recommendation, effects=(open_unless_checked,), tone="primary"),
    Move("pass_by",  {P.SCREENING},             P.NOT_SELECTED, "projects.screen_proposal",
         _("Do not recommend"), needs_note=True, does=free_the_places, effects=(write_letter,),
         tone="danger"),
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
         effects=(lapse_open_reviews, lapse_conditions, lapse_rounds, write_letter)),
    Move("coordinate", {P.REVIEWED, P.RESERVE, P.SELECTED}, STAYS, None,
         _("The coordinated amounts stand")),
    Move("select",   {P.REVIEWED},              P.SELECTED,     "projects.decide_proposal",
         _("Select"), requires=(has_support, is_within_ceilings), effects=(write_letter,),
         tone="primary"),
    Move("change_lead", {P.SELECTED},           STAYS,          "projects.decide_proposal",
         _("Change the lead ministry"), needs_note=True, effects=(write_letter,)),
    Move("allow_above", {P.REVIEWED, P.RESERVE, P.SELECTED}, STAYS, "projects.set_ceiling",
         _("Allow it above the ceilings"), needs_note=True, does=allow_above_ceilings),
    Move("reserve",  {P.REVIEWED},              P.RESERVE,      "projects.decide_proposal",
         _("Keep in reserve"), requires=(has_support,), effects=(write_letter,)),
    Move("promote",  {P.RESERVE},               P.SELECTED,     "projects.decide_proposal",
         _("Select from the reserve"), requires=(is_within_ceilings,), needs_note=True,
         does=leave_the_reserve, effects=(write_letter,), tone="primary"),
    Move("reject",   {P.REVIEWED, P.RESERVE},   P.NOT_SELECTED, "projects.decide_proposal",
         _("Do not select"), needs_note=True, does=free_the_places,
         effects=(lapse_conditions, lapse_open_issues, lapse_rounds, write_letter), tone="danger"),
    Move("withdraw", {P.DRAFT, P.SUBMITTED, P.SCREENING, P.IN_REVIEW, P.REVIEWED, P.RETURNED,
                      P.RESERVE, P.SELECTED}, P.WITHDRAWN, "projects.submit_proposal",
         _("Withdraw"), needs_note=True, does=free_the_places,
         effects=(lapse_open_reviews, lapse_conditions, lapse_open_issues, lapse_rounds),
         tone="danger"),
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
         _("Confirm the answer"), requires=(has_an_answer, has_all_marks, has_its_conditions),
         stamps="decided_by", never_by=("prepared_by", *INTERESTED),
         effects=(impose_conditions, conclude_with_the_last), tone="primary"),
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

SESSION = Workflow(
    Session,
    #    move     from         to           who may                 label
    Move("plan",   {NEW},       M.PLANNED,   "projects.manage_call", _("Plan a session"), tone="primary"),
    Move("revise", {M.PLANNED}, STAYS,       "projects.manage_call", _("Change the plan")),
    Move("hold",   {M.PLANNED}, M.HELD,      "projects.manage_call", _("Record the session"),
         requires=(day_has_come, has_an_agenda), stamps="recorded_by", does=note_the_day_of_record,
         tone="primary"),
    Move("cancel", {M.PLANNED}, M.CANCELLED, "projects.manage_call", _("Cancel the session"),
         needs_note=True, tone="danger"),
)  # fmt: skip

COMMENT = Workflow(
    Comment,
    #    move       from          to           who may
    Move("write",   {NEW},        N.OPEN,      "projects.write_comment", _("Write a comment"),
         stamps="written_by", inside=True, never_by=OF_THE_DESK, tone="primary"),
    Move("edit",    {N.OPEN},     STAYS,       "projects.write_comment", _("Edit the comment"),
         inside=True, only_by=("written_by",)),
    Move("resolve", {N.OPEN},     N.RESOLVED,  "projects.write_comment", _("Mark as resolved"), inside=True),
    Move("reopen",  {N.RESOLVED}, N.OPEN,      "projects.write_comment", _("Open it again"), inside=True),
    Move("withdraw", {N.OPEN},    N.WITHDRAWN, "projects.write_comment", _("Withdraw the comment"),
         inside=True, only_by=("written_by",)),
)  # fmt: skip

CONDITION = Workflow(
    Condition,
    #    move       from                  to          who may
    Move("impose",  {NEW},                K.OPEN,     None,
         _("The condition counts"), does=note_the_day_imposed),
    Move("fulfil",  {K.OPEN},             K.ANSWERED, "projects.fulfil_condition",
         _("Say how it is met"), requires=(may_be_met,), stamps="answered_by",
         does=give_the_days_to_check, tone="primary"),
    Move("settle",  {K.ANSWERED},         K.MET,      "projects.settle_condition",
         _("Record it as met"), stamps="decided_by", never_by=("answered_by", *OF_THE_DESK),
         tone="primary"),
    Move("send_back", {K.ANSWERED},       K.OPEN,     "projects.settle_condition",
         _("Not met yet: send back"), needs_note=True, never_by=("answered_by", *OF_THE_DESK)),
    Move("waive",   set(Condition.UNSETTLED), K.WAIVED, "projects.waive_condition",
         _("Waive the condition"), needs_note=True, stamps="decided_by",
         never_by=("answered_by", *OF_THE_DESK)),
    Move("lapse",   set(Condition.UNSETTLED), K.LAPSED, None, _("No longer asked for")),
)  # fmt: skip

LETTER = Workflow(
    Letter,
    Move("write", {NEW}, L.WRITTEN, None, _("The decision letter is written")),
)

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
