"""The life of a ministry's review and of its questions."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.engine.workflow import NEW, STAYS, Move, Workflow
from projects.conditions.effects import impose_conditions

from .effects import (
    ask_the_new_ministry,
    begin_anew,
    conclude_with_the_last,
    give_back_the_days,
    note_the_day,
    reopen_if_prepared_in_conflict,
    start_the_clock,
    stop_the_clock,
)
from .models import Question, Review
from .requirements import (
    has_all_marks,
    has_an_answer,
    has_its_conditions,
    is_overdue,
    its_time_runs,
    may_still_be_asked,
)

R = Review.State
Q = Question.State
INTERESTED = (
    "conflicts__person",
    "proposal__applicant__memberships__user",
    "proposal__partners__memberships__user",
)

OF_THE_DESK = ("review__conflicts__person", *INTERESTED[1:])

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
    Move("redate",  {R.WAITING, R.ANSWERED},  STAYS,       "projects.decide_proposal",
         _("Set another day"), requires=(its_time_runs,), needs_note=True),
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
