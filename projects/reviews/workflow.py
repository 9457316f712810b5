"""Workflows of a ministry's review and of its questions."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.engine.moves import sets
from foundation.engine.redating import new_day_is_possible
from foundation.engine.workflow import NEW, STAYS, Move, Workflow
from projects.conditions.effects import impose_conditions

from .effects import (
    ask_new_ministry,
    conclude_after_last_answer,
    extend_deadline,
    reopen_if_prepared_in_conflict,
    restart_review,
    resume_review_clock,
    set_stopped_on,
    stop_review_clock,
)
from .models import Question, Review
from .requirements import (
    has_all_marks,
    has_answer,
    has_valid_conditions,
    may_be_silent,
    review_awaits_answer,
    review_clock_runs,
)

R = Review.State
Q = Question.State
INTERESTED = (
    "conflicts__person",
    "proposal__applicant__memberships__user",
    "proposal__partners__memberships__user",
)

INTERESTED_IN_REVIEW = ("review__conflicts__person", *INTERESTED[1:])

REVIEW = Workflow(
    Review,
    #    move       from                      to           who may
    Move("ask",     {NEW},                    R.WAITING,   None, _("Ask the ministry")),
    Move("assign",  {R.WAITING, R.ANSWERED},  STAYS,       "projects.confirm_review",
         _("Assign a reviewer"), inside=True, needs_content=True),
    Move("declare", {R.WAITING, R.ANSWERED},  STAYS,       "projects.declare_conflict",
         _("Declare a conflict of interest"), needs_note=True, inside=True, never_by=INTERESTED[:1],
         effects=(reopen_if_prepared_in_conflict,), needs_content=True),
    Move("reopen",  {R.ANSWERED},             R.WAITING,   None,
         _("Written in a conflict of interest: to be answered again"), inside=True),
    Move("answer",  {R.WAITING, R.ANSWERED},  R.ANSWERED,  "projects.write_review",
         pgettext_lazy("move", "Answer"), stamps="prepared_by", never_by=INTERESTED,
         inside=True, tone="primary", needs_content=True),
    Move("send_back", {R.ANSWERED},           R.WAITING,   "projects.confirm_review",
         _("Send back to the reviewer"), needs_note=True, inside=True, never_by=INTERESTED),
    Move("confirm", {R.ANSWERED},             R.CONFIRMED, "projects.confirm_review",
         _("Confirm the answer"), requires=(has_answer, has_all_marks, has_valid_conditions),
         stamps="decided_by", never_by=("prepared_by", *INTERESTED),
         effects=(impose_conditions, conclude_after_last_answer), tone="primary"),
    Move("disown",  {R.CONFIRMED},            R.DISOWNED,  None, _("Not ours: back to the coordinator")),
    Move("reroute", {R.DISOWNED},             R.REROUTED,  "projects.decide_proposal",
         _("Ask another ministry"), effects=(ask_new_ministry,), tone="primary"),
    Move("ask_again", {R.DISOWNED},           R.WAITING,   "projects.decide_proposal",
         _("Ask the same ministry again"), needs_note=True, does=restart_review),
    Move("stop",    {R.WAITING, R.ANSWERED},  STAYS,       None,
         _("The review clock is stopped until the question is answered"), does=set_stopped_on),
    Move("go_on",   {R.WAITING, R.ANSWERED},  STAYS,       None,
         _("The time goes on"), does=extend_deadline),
    Move("redate",  {R.WAITING, R.ANSWERED},  STAYS,       "projects.decide_proposal",
         _("Set another day"), requires=(review_clock_runs,), needs_note=True,
         needs=("due_on",), change=sets("due_on"), checks=(new_day_is_possible,)),
    Move("pass_over", set(Review.OPEN),       R.SILENT,    "projects.decide_proposal",
         _("Record “no opinion”"), requires=(may_be_silent,), needs_note=True,
         effects=(conclude_after_last_answer,)),
    Move("lapse",   set(Review.OPEN),         R.LAPSED,    None, _("No longer asked")),
)  # fmt: skip

QUESTION = Workflow(
    Question,
    #    move       from      to            who may
    Move("ask",     {NEW},    Q.ASKED,      "projects.ask_question",
         _("Ask the local government"), requires=(review_awaits_answer,), stamps="asked_by",
         effects=(stop_review_clock,), tone="primary"),
    Move("answer",  {Q.ASKED}, Q.ANSWERED,  "projects.answer_question",
         pgettext_lazy("move", "Answer"), stamps="answered_by", effects=(resume_review_clock,),
         tone="primary", needs_content=True),
    Move("withdraw", {Q.ASKED}, Q.WITHDRAWN, "projects.ask_question",
         _("Withdraw the question"), effects=(resume_review_clock,)),
    Move("drop",    {Q.ASKED}, Q.WITHDRAWN, None, _("No longer asked")),
)  # fmt: skip
