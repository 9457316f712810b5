"""A report that is submitted is evaluated by each who funds it; the last word concludes it."""

from foundation.engine.workflow import move_on
from foundation.time import clock
from foundation.time.calendar import add_working_days

from .due_years import due_day, evaluators_of
from .models import Evaluation
from .requirements import is_a_year_to_report

DAYS_TO_EVALUATE = 20
E = Evaluation.State


def set_day(report):
    """The year is entered with the move: only now can it be asked whether it is one to report."""
    is_a_year_to_report(report)
    report.due_on = due_day(report.fiscal_year)


def forget_who_submitted(report):
    """It is written anew, perhaps by the one who had submitted it; then another submits."""
    report.submitted_by = None


def ask_evaluations(report):
    due = add_working_days(clock.today(), DAYS_TO_EVALUATE)
    for body in evaluators_of(report.agreement):
        move_on("ask", Evaluation(report=report, organisation_id=body, due_on=due))


def lapse_evaluations(report):
    for evaluation in report.evaluations.exclude(state=E.LAPSED).order_by("pk"):
        move_on("lapse", evaluation)


def conclude_with_the_last(evaluation):
    report = evaluation.report
    if not report.evaluations.filter(state__in=[E.ASKED, E.WRITTEN]).exists():
        move_on("conclude", report)
