"""The life of an issue and of its sides."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NEW, STAYS, Move, Workflow

from .effects import ask_the_sides, end_for_all_sides, note_the_day_of_decision, note_the_moment
from .models import Issue, IssueSide
from .requirements import has_heard_all, is_with_ministries

D = Issue.State
S = IssueSide.State

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
