"""An amendment from the proposal into force, in a browser, in both languages."""

import pytest

from tests import factories

from .pages import ENGLISH, sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
WORDS = {
    "ko": {"minor": "경미한 변경", "in_force": "이행 중"},
    "en": {"minor": "Minor", "in_force": "In force"},
}


@pytest.mark.parametrize("language", ENGLISH)
def test_a_minor_amendment_is_proposed_written_and_consented_to(
    chromium, live_server, cast, call, language
):
    version = factories.in_force(cast, call)
    here = f"{live_server.url}/agreements/{version.agreement_id}/"

    page = sign_in(chromium, live_server, "approver@example.org", language)
    page.goto(here)
    page.click(f"a[href$='/agreements/{version.agreement_id}/amendments/new/']")
    page.fill("#id_reason", "공사가 늦어져 다음 해 예산을 줄인다.")
    page.click("main form .actions button")
    page.wait_for_url("**/amendments/*/")
    amendment = page.url

    component = version.agreement.proposal.components.get(ministry="MOTIR")
    page.goto(f"{here}amounts/{component.pk}/")
    page.fill("#id_won_2028_national", "900,000")
    page.click("main form .actions button")
    page.goto(amendment)
    assert WORDS[language]["minor"] in page.inner_text(".verdict")
    assert "900,000" in page.inner_text("main")
    page.context.close()

    coordinator = sign_in(chromium, live_server, "coordinator@example.org", language)
    coordinator.goto(f"{here}versions/2/")
    coordinator.click("form[action$='/moves/circulate/'] button")
    coordinator.wait_for_url("**/versions/2/")
    coordinator.context.close()

    for who in ("motir_approver", "province_approver", "approver"):
        person = sign_in(chromium, live_server, f"{who}@example.org", language)
        person.goto(f"{here}versions/2/")
        person.click("form[action$='/moves/consent/'] button")
        person.wait_for_url(f"**/agreements/{version.agreement_id}/**")
        person.context.close()

    reader = sign_in(chromium, live_server, "mcst_reviewer@example.org", language)
    reader.goto(here)
    assert WORDS[language]["in_force"] in reader.inner_text(".page-head")
    assert reader.locator("h1 + p").inner_text().count("2")
    reader.context.close()
    assert version.agreement.current().number == 2
