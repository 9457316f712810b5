"""Yearly reports and evaluations: two people each; no answer is no opinion."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from agreements.models import Evaluation, ReportedIndicator, ReportedSpending, YearlyReport
from agreements.reporting.due_years import due_day, unreported
from agreements.workflow import EVALUATION, REPORT
from foundation.engine.workflow import NotNow
from foundation.time import clock
from projects.models import Indicator, Target
from tests import factories

WORDS = {"narrative": "부지를 매입하고 설계를 마쳤다.", "obstacles": "", "next_steps": "착공"}
GOOD = {"grade": "good", "opinion": "계획대로 추진됨", "advice": "keep"}


@pytest.fixture
def version(cast, call):
    """An agreement in force; the clock is in January 2028, when 2027 can be reported."""
    version = factories.in_force(cast, call)
    with clock.at(datetime(2028, 1, 20, 3, tzinfo=UTC)):
        yield version


@pytest.fixture
def measured(version):
    """An indicator (visitors) with the target 120 in 2027."""
    row = Indicator.objects.create(
        proposal=version.agreement.proposal, title="방문객 수", unit="천 명", baseline=100
    )
    Target.objects.create(indicator=row, year=2027, value=120)
    return row


def evaluate(cast, report, body, reviewer, approver, values=GOOD):
    def write(record):
        for name, value in values.items():
            setattr(record, name, value)

    row = report.evaluations.get(organisation=body, state="asked")
    row = EVALUATION.perform("evaluate", row, actor=cast[reviewer], change=write)
    return EVALUATION.perform("confirm", row, actor=cast[approver])


@pytest.mark.parametrize(
    ("year", "day"),
    [(2026, date(2027, 2, 26)), (2027, date(2028, 2, 29)), (2029, date(2030, 2, 28))],
)
def test_report_is_due_on_the_last_working_day_of_february(year, day):
    assert due_day(year) == day  # 28 February 2027 is a Sunday; 2028 is a leap year


def test_drafter_writes_what_was_reached_and_executed(client, cast, version, measured):
    client.force_login(cast["drafter"])
    client.post(f"/agreements/{version.agreement_id}/reports/new/", {"fiscal_year": "2027"})
    report = YearlyReport.objects.get()
    line = version.commitments.filter(fiscal_year=2027, source="national").first()
    sent = WORDS | {
        f"actual_{measured.pk}": "90",
        f"won_{line.component_id}_national": "1,500,001",
    }

    client.post(f"/reports/{report.pk}/moves/write/", sent)

    row = ReportedIndicator.objects.get()
    assert (row.target, row.actual, row.achievement) == (120, 90, 75.0)
    assert ReportedSpending.objects.get().won == 1_500_001
    page = client.get(report.get_absolute_url()).content.decode()
    for words in ("방문객 수", "75.0", "1,500,001", "부지를 매입하고"):
        assert words in page, words
    assert "90 / 120" in client.get(f"/agreements/{version.agreement_id}/reports/").content.decode()


def test_achievement_is_rounded_down_and_unknown_without_a_target():
    assert ReportedIndicator(target=Decimal(3), actual=Decimal(2)).achievement == 66.6
    assert ReportedIndicator(target=None, actual=Decimal(2)).achievement is None


def test_amount_that_is_none_is_refused_and_nothing_is_lost(client, cast, version):
    report = factories.report(cast, version)
    line = version.commitments.filter(fiscal_year=2027, source="national").first()
    client.force_login(cast["drafter"])

    name = f"won_{line.component_id}_national"
    answer = client.post(f"/reports/{report.pk}/moves/write/", WORDS | {name: "1억"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [name]
    assert "1억" in answer.content.decode()


def test_future_or_reported_year_cannot_be_reported(cast, version):
    factories.report(cast, version, year=2027)

    for year in (2027, 2029, 2026):
        with pytest.raises(NotNow):
            factories.report(cast, version, year=year)


def test_author_of_a_report_does_not_submit_it(cast, version):
    report = factories.report(cast, version)
    factories.hold(cast["drafter"], "approver", cast.gangneung)
    vars(cast["drafter"]).pop("posts", None)  # what was read of the posts before

    with pytest.raises(PermissionDenied):
        REPORT.perform("submit", report, actor=cast["drafter"])


def test_empty_report_is_not_submitted_and_the_way_to_it_is_shown(client, cast, version, measured):
    report = factories.report(cast, version)
    YearlyReport.objects.update(narrative="")
    client.force_login(cast["approver"])

    refused = client.post(f"/reports/{report.pk}/moves/submit/")
    assert refused.status_code == 409
    assert f"/reports/{report.pk}/moves/write/" in refused.content.decode()
    YearlyReport.objects.update(narrative="부지를 매입하였다.")
    assert "방문객 수" in client.post(f"/reports/{report.pk}/moves/submit/").content.decode()

    report.indicators.create(indicator=measured, actual=90, target=120)
    assert client.post(f"/reports/{report.pk}/moves/submit/").status_code == 302


def test_running_year_is_written_about_and_not_submitted(cast, version):
    report = factories.report(cast, version, year=2028)

    with pytest.raises(NotNow, match="2028"):
        REPORT.perform("submit", report, actor=cast["approver"])


@pytest.mark.parametrize(
    ("reported", "today", "due"),
    [
        ((), date(2029, 3, 10), date(2028, 2, 29)),  # 2027 is the oldest that is missing
        ((2027,), date(2029, 3, 10), date(2029, 2, 28)),
        ((2027, 2028), date(2029, 3, 10), None),
        ((2027, 2028), date(2033, 3, 10), date(2030, 2, 28)),  # long after its end
    ],
)
def test_year_that_nobody_reported_stays_due(cast, version, reported, today, due):
    for year in reported:
        YearlyReport.objects.create(
            agreement=version.agreement, fiscal_year=year, due_on=due_day(year), state="draft"
        )

    found = unreported(today).filter(agreement=version.agreement)

    assert list(found.values_list("report_due", flat=True)) == ([due] if due else [])


def test_evaluation_is_read_outside_its_ministry_once_it_is_confirmed(client, cast, version):
    report = factories.submitted_report(cast, version)
    row = report.evaluations.get(organisation="MOTIR")
    Evaluation.objects.filter(pk=row.pk).update(state="written", written_by=cast["motir_reviewer"], **GOOD)  # fmt: skip

    def pages(who):
        client.force_login(cast[who])
        shown = client.get(report.get_absolute_url()).content.decode()
        return GOOD["opinion"] in shown, client.get(f"/api/v1/evaluations/{row.pk}/").json()["opinion"]  # fmt: skip

    assert pages("drafter") == (False, "")
    assert pages("motir_approver") == (True, GOOD["opinion"])
    EVALUATION.perform("confirm", Evaluation.objects.get(pk=row.pk), actor=cast["motir_approver"])
    assert pages("drafter") == (True, GOOD["opinion"])


def test_each_who_funds_it_and_the_coordination_body_are_asked(cast, version):
    report = factories.submitted_report(cast, version)

    rows = report.evaluations.order_by("pk")
    assert list(rows.values_list("organisation", flat=True)) == ["MOTIR", "MCST", cast.committee.pk]
    assert set(rows.values_list("due_on", flat=True)) == {
        date(2028, 2, 22)
    }  # 26–28 January: new year


def test_last_evaluation_concludes_the_report_and_silence_never_does(cast, version):
    report = factories.submitted_report(cast, version)
    evaluate(cast, report, "MOTIR", "motir_reviewer", "motir_approver")
    evaluate(cast, report, "MCST", "mcst_reviewer", "mcst_approver")
    report.refresh_from_db()
    assert report.state == "submitted"

    evaluate(cast, report, cast.committee.pk, "coordinator", "second_coordinator")

    report.refresh_from_db()
    assert report.state == "evaluated"


def test_nobody_confirms_their_own_evaluation(cast, version):
    report = factories.submitted_report(cast, version)

    with pytest.raises(PermissionDenied):
        evaluate(cast, report, cast.committee.pk, "coordinator", "coordinator")


def test_returned_report_is_evaluated_again(cast, version):
    report = factories.submitted_report(cast, version)
    evaluate(cast, report, "MOTIR", "motir_reviewer", "motir_approver")

    report = REPORT.perform("return", report, actor=cast["coordinator"], note="집행액 누락")
    assert set(report.evaluations.values_list("state", flat=True)) == {"lapsed"}
    report = REPORT.perform("submit", report, actor=cast["approver"])

    assert report.evaluations.filter(state="asked").count() == 3


def test_returned_report_is_written_by_the_one_who_submitted_and_submitted_by_another(
    cast, version
):
    report = factories.submitted_report(cast, version)
    report = REPORT.perform("return", report, actor=cast["coordinator"], note="집행액 누락")
    factories.hold(cast["approver"], "drafter", cast.gangneung)
    vars(cast["approver"]).pop("posts", None)  # what was read of the posts before

    again = factories.setting(narrative="집행액을 더하였다.")
    report = REPORT.perform("write", report, actor=cast["approver"], change=again)

    with pytest.raises(PermissionDenied):
        REPORT.perform("submit", report, actor=cast["approver"])


@pytest.mark.parametrize(
    "change",
    [
        lambda report: YearlyReport.objects.update(narrative="다른 말"),
        lambda report: report.indicators.update(actual=1),
        lambda report: report.spendings.create(
            component=report.agreement.proposal.components.first(), source="national", won=1
        ),
        lambda report: Evaluation.objects.filter(state="confirmed").update(grade="poor"),
    ],
)
def test_database_keeps_what_was_submitted_and_confirmed(cast, version, measured, change):
    report = factories.report(cast, version)
    report.indicators.create(indicator=measured, actual=90, target=120)
    report = REPORT.perform("submit", report, actor=cast["approver"])
    evaluate(cast, report, "MOTIR", "motir_reviewer", "motir_approver")

    with pytest.raises(DatabaseError, match="agreed"), transaction.atomic():
        change(report)


def test_reached_is_shown_again_as_it_was_typed(client, cast, version, measured):
    report = factories.report(cast, version)
    report.indicators.create(indicator=measured, actual=1500, target=120)
    client.force_login(cast["drafter"])

    page = client.get(f"/reports/{report.pk}/moves/write/").content.decode()

    assert 'value="1500"' in page


def test_recommendation_to_change_funds_says_why(client, cast, version):
    report = factories.submitted_report(cast, version)
    row = report.evaluations.get(organisation="MOTIR")
    client.force_login(cast["motir_reviewer"])
    address = f"/evaluations/{row.pk}/moves/evaluate/"

    refused = client.post(address, GOOD | {"advice": "cut"})
    assert list(refused.context["form"].errors) == ["reason"]
    client.post(address, GOOD | {"advice": "cut", "reason": "집행이 늦다"})

    row.refresh_from_db()
    assert (row.state, row.advice) == ("written", "cut")


def test_line_of_next_year_shows_what_was_recommended(client, cast, version):
    report = factories.submitted_report(cast, version)
    values = GOOD | {"advice": "cut", "reason": "집행이 늦다"}
    evaluate(cast, report, "MOTIR", "motir_reviewer", "motir_approver", values)
    line = version.agreement.appropriations.get(
        fiscal_year=2028, source="national", component__ministry="MOTIR"
    )
    client.force_login(cast["motir_finance"])

    page = client.get(line.get_absolute_url()).content.decode()

    assert "다음 해 재원 감액" in page
    assert "집행이 늦다" in page


def test_work_of_each_turn(client, cast, version):
    def kinds(who):
        client.force_login(cast[who])
        found = client.get("/api/v1/work/").json()
        groups = ("escalated", "overdue", "today", "coming", "undated")
        return {item["kind"] for group in groups for item in found[group]}

    assert "report" in kinds("drafter")
    report = factories.report(cast, version)
    assert "send_report" in kinds("approver")
    report = REPORT.perform("submit", report, actor=cast["approver"])
    assert "evaluate" in kinds("motir_reviewer")


def test_same_by_program(client, cast, version):
    client.force_login(cast["drafter"])
    sent = {"agreement": version.agreement_id, "fiscal_year": 2027}
    made = client.post("/api/v1/reports/", sent, content_type="application/json")
    assert made.status_code == 201

    address = f"/api/v1/reports/{made.json()['id']}/moves/write/"
    answer = client.post(address, WORDS, content_type="application/json")

    assert answer.json()["content"]["narrative"] == WORDS["narrative"]


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"state": "submitted", "narrative": ""}, "report_submitted_says_something"),
        ({"fiscal_year": 2028}, "report_once_a_year"),
    ],
)
def test_report_constraint(cast, version, values, name):
    report = factories.report(cast, version, year=2027)
    factories.report(cast, version, year=2028)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        YearlyReport.objects.filter(pk=report.pk).update(**values)


def test_report_four_eyes(cast, version):
    report = factories.report(cast, version)
    with pytest.raises(IntegrityError, match="report_four_eyes"), transaction.atomic():
        YearlyReport.objects.filter(pk=report.pk).update(submitted_by=report.written_by)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"state": "written"}, "evaluation_is_whole"),
        ({"advice": "cut"}, "evaluation_says_why_funds_change"),
        ({"organisation": "MCST"}, "evaluation_once"),
    ],
)
def test_evaluation_constraint(cast, version, values, name):
    report = factories.submitted_report(cast, version)
    row = report.evaluations.get(organisation="MOTIR")
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Evaluation.objects.filter(pk=row.pk).update(**values)


def test_evaluation_four_eyes(cast, version):
    report = factories.submitted_report(cast, version)
    row = report.evaluations.get(organisation="MOTIR")
    eyes = {"written_by": cast["motir_reviewer"], "confirmed_by": cast["motir_reviewer"]}
    with pytest.raises(IntegrityError, match="evaluation_four_eyes"), transaction.atomic():
        Evaluation.objects.filter(pk=row.pk).update(**eyes)


def test_reported_rows_are_unique(cast, version, measured):
    report = factories.report(cast, version)
    rows = report.indicators
    rows.create(indicator=measured, actual=1)
    with pytest.raises(IntegrityError, match="reported_indicator_once"), transaction.atomic():
        rows.create(indicator=measured, actual=2)


def test_reported_spending_constraints(cast, version):
    report = factories.report(cast, version)
    component = version.commitments.first().component
    line = {"component": component, "source": "national"}
    with (
        pytest.raises(IntegrityError, match="reported_spending_is_not_below_zero"),
        transaction.atomic(),
    ):
        report.spendings.create(won=-1, **line)
    report.spendings.create(won=1, **line)
    with pytest.raises(IntegrityError, match="reported_spending_once"), transaction.atomic():
        report.spendings.create(won=1, **line)
