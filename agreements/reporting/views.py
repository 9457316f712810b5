"""Pages of yearly reports: all years of an agreement, one report with its evaluations."""

from django.shortcuts import get_object_or_404, render

from agreements.versions.models import Agreement
from foundation.engine.workflow import readable
from foundation.models import Event
from foundation.web.pages import make_move, open_moves
from projects.models import Source

from .due_years import indicators_of, open_years, promised_amounts
from .forms import EVALUATION_FORMS, REPORT_FORMS
from .models import Evaluation, YearlyReport
from .workflow import EVALUATION, REPORT


def reports(request, pk):
    """All years side by side: target and reached value of each indicator."""
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
    rows = YearlyReport.objects.visible_to(request.user).for_page().filter(agreement=agreement)
    rows = list(rows.order_by("fiscal_year"))
    version = agreement.current()
    new = YearlyReport(agreement=agreement)
    context = {
        "agreement": agreement,
        "reports": rows,
        "years": [row.fiscal_year for row in rows],
        "indicators": by_indicator(rows),
        "may_begin": version.counts
        and open_years(agreement, version)
        and REPORT["begin"].post_of(request.user, new),
    }
    return render(request, "agreements/reporting/reports.html", context)


def by_indicator(reports):
    """[(indicator, [its row in each report, or None])], in the order of the indicators."""
    rows = [(report.pk, row) for report in reports for row in report.indicators.all()]
    reported = {(report, row.indicator_id): row for report, row in rows}
    names = {row.indicator_id: row.indicator for row in reported.values()}
    return [
        (names[pk], [reported.get((report.pk, pk)) for report in reports]) for pk in sorted(names)
    ]


def new_report(request, pk):
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
    report = YearlyReport(agreement=agreement)
    return make_move(request, REPORT, report, "begin", forms=REPORT_FORMS, parent=agreement)


def visible_report(user, pk):
    return get_object_or_404(YearlyReport.objects.visible_to(user).for_page(), pk=pk)


def report(request, pk):
    found = visible_report(request.user, pk)
    evaluations = [row for row in found.evaluations.all() if row.state != Evaluation.State.LAPSED]
    for row in evaluations:
        row.report = found
    context = {
        "report": found,
        "moves": open_moves(REPORT, request.user, found, forms=REPORT_FORMS),
        "indicators": indicator_rows(found),
        "spendings": spending_rows(found),
        "evaluations": [
            evaluation_row(request.user, row) for row in sorted(evaluations, key=lambda row: row.pk)
        ],
        "events": readable(Event.objects.of(found), request.user).in_order(),
    }
    return render(request, "agreements/reporting/report.html", context)


def evaluation_row(user, row):
    return {
        "evaluation": row,
        "readable": bool(row.grade) and row.is_readable_by(user),
        "moves": open_moves(EVALUATION, user, row, forms=EVALUATION_FORMS),
    }


def indicator_rows(report):
    """(indicator, target, reported row or None) of every indicator of the agreement."""
    reported = {row.indicator_id: row for row in report.indicators.all()}
    return [
        (indicator, target, reported.get(indicator.pk))
        for indicator, target in indicators_of(report.agreement, report.fiscal_year)
    ]


def spending_rows(report):
    """(component, label of the source, agreed won, executed won as reported)."""
    reported = {(row.component_id, row.source): row.won for row in report.spendings.all()}
    return [
        (component, Source(source).label, won, reported.get((component.pk, source), 0))
        for component, source, won in promised_amounts(report.agreement, report.fiscal_year)
    ]


def move_report(request, pk, move):
    found = visible_report(request.user, pk)
    return make_move(request, REPORT, found, move, forms=REPORT_FORMS)


def move_evaluation(request, pk, move):
    rows = Evaluation.objects.visible_to(request.user).for_list()
    evaluation = get_object_or_404(rows, pk=pk)
    return make_move(request, EVALUATION, evaluation, move, forms=EVALUATION_FORMS)
