"""Workflows of yearly reports and of their evaluations."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NEW, STAYS, Move, Workflow

from .effects import (
    ask_evaluations,
    clear_submitter,
    conclude_after_last_evaluation,
    lapse_evaluations,
    set_due_day,
)
from .models import Evaluation, YearlyReport
from .requirements import report_is_complete, year_is_over

Y = YearlyReport.State
E = Evaluation.State

REPORT = Workflow(
    YearlyReport,
    #    move        from           to           who may
    Move("begin",    {NEW},         Y.DRAFT,     "agreements.write_report",
         _("Begin the yearly report"), does=set_due_day,
         stamps="written_by", tone="primary"),
    Move("write",    {Y.DRAFT},     STAYS,       "agreements.write_report",
         _("Write the report"), stamps="written_by", needs_content=True),
    Move("submit",   {Y.DRAFT},     Y.SUBMITTED, "agreements.submit_report",
         _("Submit the report"), requires=(year_is_over, report_is_complete),
         stamps="submitted_by", never_by=("written_by",),
         effects=(ask_evaluations,), tone="primary"),
    Move("return",   {Y.SUBMITTED}, Y.DRAFT,     "agreements.return_report",
         _("Return for completion"), needs_note=True, does=clear_submitter, effects=(lapse_evaluations,)),
    Move("conclude", {Y.SUBMITTED}, Y.EVALUATED, None, _("Evaluated by all")),
)  # fmt: skip

EVALUATION = Workflow(
    Evaluation,
    #    move        from                  to           who may
    Move("ask",      {NEW},                E.ASKED,     None, _("Ask for an evaluation")),
    Move("evaluate", {E.ASKED, E.WRITTEN}, E.WRITTEN,   "agreements.write_evaluation",
         _("Write the evaluation"), stamps="written_by", tone="primary", needs_content=True),
    Move("confirm",  {E.WRITTEN},          E.CONFIRMED, "agreements.confirm_evaluation",
         _("Confirm the evaluation"), stamps="confirmed_by", never_by=("written_by",),
         effects=(conclude_after_last_evaluation,), tone="primary"),
    Move("lapse",    {E.ASKED, E.WRITTEN, E.CONFIRMED}, E.LAPSED, None,
         _("The report was returned: evaluated again later")),
)  # fmt: skip
