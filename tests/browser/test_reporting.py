"""A year is reported, submitted, evaluated with a cut and confirmed: by keyboard."""

from contextvars import ContextVar
from datetime import UTC, datetime

import pytest

from agreements.models import YearlyReport
from foundation.time import clock
from projects.models import Indicator, Target
from tests import factories

from .keyboard import pick, press, write
from .pages import ENGLISH, WIDTHS, findings, is_too_wide
from .test_coordinating import People
from .test_workbook import look

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
SEND = "main form .actions button.primary"
CUT = {"ko": "감액", "en": "Cut next year"}
SHOWN = {"ko": "산업통상부: 보통", "en": "Ministry of Trade, Industry and Resources: fair"}
JANUARY = datetime(2028, 1, 20, 3, tzinfo=UTC)


@pytest.fixture
def version(cast, call, monkeypatch):
    """In force; then the project's clock is set to January 2028, also for the server's threads."""
    version = factories.in_force(cast, call)
    monkeypatch.setattr(clock, "MOMENT", ContextVar("moment", default=JANUARY))
    return version


@pytest.fixture
def visitors(version):
    row = Indicator.objects.create(
        proposal=version.agreement.proposal, title="방문객 수", unit="천 명", baseline=100
    )
    Target.objects.create(indicator=row, year=2027, value=120)
    return row


def check(page, axe, name):
    assert findings(page, axe) == []
    for width in WIDTHS:
        assert not is_too_wide(page, width), (name, width)
        look(page, name.format(width))


@pytest.mark.parametrize("language", ENGLISH)
def test_year_is_reported_and_evaluated(chromium, axe, live_server, version, visitors, language):
    people = People(chromium, live_server, language, 1280)

    report = write_report(people, axe, version, visitors)
    page = people.at("approver", report.get_absolute_url())
    press(page, "form[action$='/moves/submit/'] button")
    check(page, axe, f"submitted-{language}-{{}}")
    evaluation = report.evaluations.get(organisation="MOTIR")
    evaluate(people, axe, report, evaluation)

    page = people.at("motir_approver", report.get_absolute_url())
    press(page, f"form[action='/evaluations/{evaluation.pk}/moves/confirm/'] button")
    evaluation.refresh_from_db()
    assert (evaluation.state, evaluation.advice) == ("confirmed", "cut")
    check(page, axe, f"confirmed-{language}-{{}}")

    page = people.at("province_approver", f"/agreements/{version.agreement_id}/reports/")
    assert "75.0 %" in page.inner_text("main")
    assert SHOWN[language] in page.inner_text("main")
    check(page, axe, f"years-{language}-{{}}")
    people.go_home()


def write_report(people, axe, version, indicator):
    """An invalid amount is refused at its field, and nothing that was typed is lost."""
    page = people.at("drafter", f"/agreements/{version.agreement_id}/reports/")
    check(page, axe, f"no-years-{people.language}-{{}}")
    press(page, f"a[href='/agreements/{version.agreement_id}/reports/new/']")
    press(page, SEND)
    report = YearlyReport.objects.get()
    press(page, "a[href$='/moves/write/']")
    line = version.commitments.filter(fiscal_year=2027, source="national").order_by("pk").first()
    amount = f"#id_won_{line.component_id}_national"
    write(page, "#id_narrative", "부지를 매입하고 설계를 마쳤다.")
    write(page, f"#id_actual_{indicator.pk}", "90")
    write(page, amount, "1억")
    press(page, SEND)
    assert page.locator(f"#errors a[href='{amount}']").count() == 1
    assert page.input_value(amount) == "1억"
    check(page, axe, f"report-refused-{people.language}-{{}}")

    write(page, amount, "900,000")
    press(page, SEND)
    assert "900,000" in page.inner_text("main")
    assert "75.0" in page.inner_text("main")
    check(page, axe, f"report-{people.language}-{{}}")
    return report


def evaluate(people, axe, report, evaluation):
    """A cut without its reason is refused."""
    page = people.at("motir_reviewer", report.get_absolute_url())
    press(page, f"a[href='/evaluations/{evaluation.pk}/moves/evaluate/']")
    pick(page, "grade", "fair")
    write(page, "#id_opinion", "설계가 늦어졌다.")
    pick(page, "advice", "cut")
    press(page, SEND)
    assert page.locator("#errors a[href='#id_reason']").count() == 1
    assert page.input_value("#id_opinion") == "설계가 늦어졌다."
    check(page, axe, f"evaluation-refused-{people.language}-{{}}")

    write(page, "#id_reason", "집행이 계획에 못 미친다.")
    press(page, SEND)
    assert CUT[people.language] in page.inner_text("#evaluations")
    assert "집행이 계획에 못 미친다." in page.inner_text("#evaluations")
