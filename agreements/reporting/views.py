"""Pages of yearly reports: all years of an agreement, one report with its evaluations."""

from django.shortcuts import get_object_or_404, render

from agreements.versions.models import Agreement
from foundation.engine.workflow import readable
from foundation.models import Event
from foundation.web.pages import make_move, open_moves
from projects.models import Source

from .due_years import indicators_of, open_years, promised
from .forms import EVALUATION_FORMS, REPORT_FORMS
from .models import Evaluation, YearlyReport
from .workflow import EVALUATION, REPORT


def reports(request, pk):
    """Every year side by side: what each indicator should reach, and reached."""
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
    """[(indicator, [its row or None of each report])], in the order in which they stand."""
    rows = [(report.pk, row) for report in reports for row in report.indicators.all()]
    told = {(report, row.indicator_id): row for report, row in rows}
    names = {row.indicator_id: row.indicator for row in told.values()}
    return [(names[pk], [told.get((report.pk, pk)) for report in reports]) for pk in sorted(names)]


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
        "indicators": measured(found),
        "spendings": spent(found),
        "evaluations": [
            evaluation_row(request.user, row) for row in sorted(evaluations, key=lambda row: row.pk)
        ],
        "events": readable(Event.objects.of(found), request.user).in_order(),
    }
    return render(request, "agreements/reporting/report.html", context)


def evaluation_row(user, row):
    return {
        "evaluation": row,
        "told": bool(row.grade) and row.is_told_to(user),
        "moves": open_moves(EVALUATION, user, row, forms=EVALUATION_FORMS),
    }


def measured(report):
    """Every indicator of the agreement with what is reported of it, also where nothing is."""
    told = {row.indicator_id: row for row in report.indicators.all()}
    return [
        (indicator, target, told.get(indicator.pk))
        for indicator, target in indicators_of(report.agreement, report.fiscal_year)
    ]


def spent(report):
    """(component, label of the source, agreed, executed as reported), in won."""
    told = {(row.component_id, row.source): row.won for row in report.spendings.all()}
    return [
        (component, Source(source).label, won, told.get((component.pk, source), 0))
        for component, source, won in promised(report.agreement, report.fiscal_year)
    ]


def move_report(request, pk, move):
    found = visible_report(request.user, pk)
    return make_move(request, REPORT, found, move, forms=REPORT_FORMS)


def move_evaluation(request, pk, move):
    rows = Evaluation.objects.visible_to(request.user).for_list()
    evaluation = get_object_or_404(rows, pk=pk)
    return make_move(request, EVALUATION, evaluation, move, forms=EVALUATION_FORMS)
