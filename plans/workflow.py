"""The workflows of plans and of designated areas."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NEW, STAYS, Move, Workflow

from .models import Area, Plan

P, A = Plan.State, Area.State

PLAN = Workflow(
    Plan,
    #    move         from           to             who may              label
    Move("enter",     {NEW},         P.IN_FORCE,    "plans.manage_plan", _("Enter a plan")),
    Move("revise",    {P.IN_FORCE},  STAYS,         "plans.manage_plan", _("Edit the plan")),
    Move("supersede", {P.IN_FORCE},  P.SUPERSEDED,  "plans.manage_plan", _("Record that it is superseded"), needs_note=True,
         needs_content=True),
)  # fmt: skip

AREA = Workflow(
    Area,
    #    move         from            to            who may              label
    Move("designate", {NEW},          A.DESIGNATED, "plans.manage_plan", _("Enter a designated area")),
    Move("revise",    {A.DESIGNATED}, STAYS,        "plans.manage_plan", _("Edit the designation")),
    Move("end",       {A.DESIGNATED}, A.ENDED,      "plans.manage_plan", _("End the designation"), needs_note=True,
         needs_content=True),
)  # fmt: skip
