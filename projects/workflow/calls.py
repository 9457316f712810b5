"""The life of a call, of the ceilings over it and of the sessions that judge its proposals."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NEW, STAYS, Move, Workflow

from ..effects.sessions import note_the_day_of_record
from ..models import Call, Ceiling, Session
from ..requirements import day_has_come, has_an_agenda

C, E, M = Call.State, Ceiling.State, Session.State

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

CEILING = Workflow(
    Ceiling,
    Move("set",    {NEW},   E.SET, "projects.set_ceiling", _("Set a ceiling"), tone="primary"),
    Move("change", {E.SET}, STAYS, "projects.set_ceiling", _("Change the ceiling"), needs_note=True),
)  # fmt: skip

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
