"""Workflow of a condition."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.moves import sets
from foundation.engine.redating import new_day_is_possible
from foundation.engine.workflow import NEW, STAYS, Move, Workflow
from projects.reviews.workflow import INTERESTED_IN_REVIEW

from .effects import set_check_deadline, set_imposed_dates
from .models import Condition
from .requirements import ministries_have_answered

K = Condition.State

CONDITION = Workflow(
    Condition,
    #    move       from                  to          who may
    Move("impose",  {NEW},                K.OPEN,     None,
         _("The condition counts"), does=set_imposed_dates),
    Move("fulfil",  {K.OPEN},             K.ANSWERED, "projects.fulfil_condition",
         _("Say how it is met"), requires=(ministries_have_answered,), stamps="answered_by",
         does=set_check_deadline, tone="primary", needs=("answer", "paper"), change=sets("answer", "paper")),
    Move("settle",  {K.ANSWERED},         K.MET,      "projects.settle_condition",
         _("Record it as met"), stamps="decided_by", never_by=("answered_by", *INTERESTED_IN_REVIEW),
         tone="primary"),
    Move("send_back", {K.ANSWERED},       K.OPEN,     "projects.settle_condition",
         _("Not met yet: send back"), needs_note=True, never_by=("answered_by", *INTERESTED_IN_REVIEW)),
    Move("waive",   set(Condition.UNSETTLED), K.WAIVED, "projects.waive_condition",
         _("Waive the condition"), needs_note=True, stamps="decided_by",
         never_by=("answered_by", *INTERESTED_IN_REVIEW)),
    Move("redate",  {K.OPEN},             STAYS,      "projects.waive_condition",
         _("Set another day"), needs_note=True, never_by=("answered_by", *INTERESTED_IN_REVIEW),
         needs=("due_on",), change=sets("due_on"), checks=(new_day_is_possible,)),
    Move("lapse",   set(Condition.UNSETTLED), K.LAPSED, None, _("No longer asked for")),
)  # fmt: skip
