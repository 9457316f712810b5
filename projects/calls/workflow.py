"""Workflows of a call and of a ceiling."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NEW, STAYS, Move, Workflow

from .models import Call, Ceiling

C = Call.State
E = Ceiling.State

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
    Move("change", {E.SET}, STAYS, "projects.set_ceiling", _("Change the ceiling"), needs_note=True,
         needs_content=True),
)  # fmt: skip
