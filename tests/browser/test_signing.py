"""Signing, declining and checking in a browser, in both languages."""

import pytest
from django.core.cache import cache

from agreements.signing import signed_documents
from tests import factories

from .pages import ENGLISH, KOREAN, WIDTHS, findings, is_too_wide, sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
MAIN = "main form button.krds-btn.large"
WRONG = {"ko": "비밀번호가 맞지 않습니다", "en": "This password is not right"}
HOLDS = {
    "ko": "협약서와 모든 서명이 유효합니다",
    "en": "The document and every signature in it hold.",
}
FAILS = {
    "ko": "서명된 그대로의 협약서가 아닙니다",
    "en": "This is not the agreement as it was signed.",
}


@pytest.fixture(autouse=True)
def no_failed_attempts():
    cache.clear()


@pytest.mark.parametrize("language", KOREAN)
def test_a_party_signs_after_a_wrong_password_and_anybody_checks_it(
    chromium, axe, live_server, cast, call, tmp_path, language
):
    version = factories.signing(cast, call)
    party = version.parties.get(organisation="gangwon")
    page = sign_in(chromium, live_server, "province_approver@example.org", language)
    page.goto(live_server.url + version.get_absolute_url())
    page.click(f"a[href='/parties/{party.pk}/moves/sign/']")
    assert version.digest in page.inner_text("main")
    page.fill("#id_office", "도지사")
    page.click("label[for=id_read]")
    page.fill("#id_password", "not this one")
    page.click(MAIN)
    assert WRONG[language] in page.inner_text("#errors")
    assert page.input_value("#id_office") == "도지사"

    page.fill("#id_password", factories.PASSWORD)
    page.click(MAIN)
    page.wait_for_url("**/agreements/**")
    party.refresh_from_db()
    assert party.state == "signed"
    page.context.close()

    check_it(chromium, axe, live_server, version, tmp_path, language)


def check_it(chromium, axe, live_server, version, tmp_path, language):
    """Without an account: the document is valid, and with one changed byte it is not."""
    content = signed_documents.content_of(signed_documents.newest(version))
    genuine, forged = tmp_path / "genuine.pdf", tmp_path / "forged.pdf"
    genuine.write_bytes(content)
    forged.write_bytes(content.replace(b"/MediaBox[0 0 595", b"/MediaBox[0 0 695"))
    page = chromium.new_context().new_page()
    page.goto(f"{live_server.url}/check/")
    page.click(f"button[name=language][value={language}]")
    for file, words in ((genuine, HOLDS), (forged, FAILS)):
        page.set_input_files("#id_file", file)
        page.click(MAIN)
        page.locator("#report").wait_for()
        assert words[language] in page.inner_text("#report")
        assert findings(page, axe) == []
        assert not any(is_too_wide(page, width) for width in WIDTHS)
    page.context.close()


@pytest.mark.parametrize("language", ENGLISH)
def test_a_party_declines_with_a_reason(chromium, live_server, cast, call, language):
    version = factories.signing(cast, call)
    party = version.parties.get(organisation="gangwon")
    page = sign_in(chromium, live_server, "province_approver@example.org", language)
    page.goto(live_server.url + version.get_absolute_url())
    page.click(f"a[href='/parties/{party.pk}/moves/decline/']")
    page.fill("#id_note", "지방비를 확보하지 못하였다.")
    page.click(MAIN)
    page.wait_for_url("**/agreements/**")

    party.refresh_from_db()
    assert party.state == "declined"
    page.context.close()
