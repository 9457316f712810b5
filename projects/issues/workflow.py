"""Workflows of an issue and of its sides."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NEW, STAYS, Move, Workflow

from .effects import ask_sides, close_sides, set_decided_on, set_written_at
from .models import Issue, IssueSide
from .requirements import all_sides_answered_or_overdue, is_with_ministries

D = Issue.State
S = IssueSide.State

ISSUE = Workflow(
    Issue,
    #    move         from      to            who may
    Move("raise",     {NEW},    D.OPEN,       "projects.decide_proposal",
         _("Raise an issue"), requires=(is_with_ministries,), stamps="raised_by",
         effects=(ask_sides,), tone="primary"),
    Move("add_option", {D.OPEN}, STAYS,       "projects.decide_proposal", _("Add an option"),
         needs_content=True),
    Move("decide",    {D.OPEN}, D.DECIDED,    "projects.decide_proposal",
         _("Decide the issue"), requires=(all_sides_answered_or_overdue,), needs_note=True, stamps="decided_by",
         never_by=("raised_by",), does=set_decided_on, effects=(close_sides,),
         tone="primary", needs_content=True),
    Move("withdraw",  {D.OPEN}, D.WITHDRAWN,  "projects.decide_proposal",
         _("Withdraw the issue"), needs_note=True, effects=(close_sides,), tone="danger"),
    Move("lapse",     {D.OPEN}, D.LAPSED,     None,
         _("The proposal has ended"), effects=(close_sides,)),
)  # fmt: skip

ISSUE_SIDE = Workflow(
    IssueSide,
    #    move        from                  to          who may
    Move("ask",      {NEW},                S.ASKED,    None, _("Ask for the position")),
    Move("state",    {S.ASKED, S.STATED},  S.STATED,   "projects.state_position",
         _("State the position"), stamps="written_by", does=set_written_at, tone="primary",
         needs_content=True),
    Move("hear",     {S.STATED},           S.HEARD,    None, _("The position was heard")),
    Move("pass_over", {S.ASKED},           S.SILENT,   None, _("No position was stated")),
)  # fmt: skip
