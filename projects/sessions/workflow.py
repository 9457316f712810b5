"""Workflow of a visit or session."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.moves import sets
from foundation.engine.redating import held_day_is_possible
from foundation.engine.workflow import NEW, STAYS, Move, Workflow

from .effects import set_recorded_on
from .models import Session
from .requirements import has_members_and_agenda, session_day_has_come

M = Session.State

SESSION = Workflow(
    Session,
    #    move     from         to           who may                 label
    Move("plan",   {NEW},       M.PLANNED,   "projects.manage_call", _("Plan a session"), tone="primary"),
    Move("revise", {M.PLANNED}, STAYS,       "projects.manage_call", _("Change the plan")),
    Move("redate", {M.PLANNED}, STAYS,       "projects.manage_call",
         _("Move the session to another day"), needs_note=True, needs=("held_on",), change=sets("held_on"), checks=(held_day_is_possible,)),
    Move("hold",   {M.PLANNED}, M.HELD,      "projects.manage_call", _("Record the session"),
         requires=(session_day_has_come, has_members_and_agenda), stamps="recorded_by", does=set_recorded_on,
         tone="primary", needs_content=True),
    Move("cancel", {M.PLANNED}, M.CANCELLED, "projects.manage_call", _("Cancel the session"),
         needs_note=True, tone="danger"),
)  # fmt: skip
