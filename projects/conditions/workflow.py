"""The life of a condition."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NEW, STAYS, Move, Workflow
from projects.reviews.workflow import OF_THE_DESK

from .effects import give_the_days_to_check, note_the_day_imposed
from .models import Condition
from .requirements import may_be_met

K = Condition.State

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
    Move("redate",  {K.OPEN},             STAYS,      "projects.waive_condition",
         _("Set another day"), needs_note=True, never_by=("answered_by", *OF_THE_DESK)),
    Move("lapse",   set(Condition.UNSETTLED), K.LAPSED, None, _("No longer asked for")),
)  # fmt: skip
