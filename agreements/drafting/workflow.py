"""Workflows of remarks and of templates of articles."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NEW, Move, Workflow

from .effects import clear_day, set_day_to_answer
from .models import Remark, Template
from .requirements import is_of_a_party, text_is_being_drafted

R = Remark.State

REMARK = Workflow(
    Remark,
    #    move        from      to           who may
    Move("write",    {NEW},    R.OPEN,      "agreements.write_remark",
         _("Write a remark"), requires=(text_is_being_drafted, is_of_a_party), does=set_day_to_answer,
         stamps="written_by", tone="primary"),
    Move("settle",   {R.OPEN}, R.SETTLED,   "agreements.settle_remark",
         _("Answer the remark"), requires=(text_is_being_drafted,), does=clear_day, stamps="settled_by",
         never_by=("written_by",), tone="primary", needs_content=True),
    Move("withdraw", {R.OPEN}, R.WITHDRAWN, "agreements.write_remark",
         _("Take back the remark"), requires=(text_is_being_drafted,), does=clear_day,
         only_by=("written_by",)),
)  # fmt: skip

TEMPLATE = Workflow(
    Template,
    #    move     from                               to                       who may
    Move("write", {NEW, Template.State.WRITTEN},     Template.State.WRITTEN,  "agreements.write_template",
         _("Write the template"), tone="primary", needs_content=True),
)  # fmt: skip
