"""A submitted report is evaluated by each funding body; the last evaluation concludes it."""

from foundation.engine.workflow import move_on
from foundation.time import clock
from foundation.time.calendar import add_working_days

from .due_years import due_day, evaluators_of
from .models import Evaluation
from .requirements import is_reportable_year

DAYS_TO_EVALUATE = 20
E = Evaluation.State


def set_due_day(report):
    """Check the entered year and set the due day; NotNow if the year cannot be reported."""
    is_reportable_year(report)
    report.due_on = due_day(report.fiscal_year)


def clear_submitter(report):
    """Clear who submitted a returned report: that person may write it, and another submits."""
    report.submitted_by = None


def ask_evaluations(report):
    due = add_working_days(clock.today(), DAYS_TO_EVALUATE)
    for body in evaluators_of(report.agreement):
        move_on("ask", Evaluation(report=report, organisation_id=body, due_on=due))


def lapse_evaluations(report):
    for evaluation in report.evaluations.exclude(state=E.LAPSED).order_by("pk"):
        move_on("lapse", evaluation)


def conclude_after_last_evaluation(evaluation):
    report = evaluation.report
    if not report.evaluations.filter(state__in=[E.ASKED, E.WRITTEN]).exists():
        move_on("conclude", report)
