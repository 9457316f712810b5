"""The life of a visit or session."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NEW, STAYS, Move, Workflow

from .effects import note_the_day_of_record
from .models import Session
from .requirements import day_has_come, has_an_agenda

M = Session.State

SESSION = Workflow(
    Session,
    #    move     from         to           who may                 label
    Move("plan",   {NEW},       M.PLANNED,   "projects.manage_call", _("Plan a session"), tone="primary"),
    Move("revise", {M.PLANNED}, STAYS,       "projects.manage_call", _("Change the plan")),
    Move("redate", {M.PLANNED}, STAYS,       "projects.manage_call",
         _("Move the session to another day"), needs_note=True),
    Move("hold",   {M.PLANNED}, M.HELD,      "projects.manage_call", _("Record the session"),
         requires=(day_has_come, has_an_agenda), stamps="recorded_by", does=note_the_day_of_record,
         tone="primary"),
    Move("cancel", {M.PLANNED}, M.CANCELLED, "projects.manage_call", _("Cancel the session"),
         needs_note=True, tone="danger"),
)  # fmt: skip
