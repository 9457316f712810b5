"""A draft gets a remark and an objection, is corrected, agreed to and approved: by keyboard."""

import pytest

from agreements.models import Remark
from tests import factories

from .keyboard import pick, press, write
from .pages import KOREAN, WIDTHS, findings, is_too_wide
from .test_coordinating import People
from .test_workbook import look

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
SEND = "main form .actions button.primary"
BEFORE = {
    "ko": "협약안이 회수되기 전에",
    "en": "Your party agreed to these words before the text was taken back.",
}


@pytest.fixture
def version(cast, call):
    articles = (("목적", "지역의 발전"), ("기간", "3년으로 한다."), ("해약", "따로 정한다."))
    factories.template(cast, call, *articles)
    return factories.drafted(cast, call)


class Drafting:
    """One agreement, seen by several people; every page is looked at in both widths."""

    def __init__(self, people, axe, version):
        self.people, self.axe, self.version = people, axe, version
        self.home = version.agreement.get_absolute_url()
        self.party = version.parties.get(organisation="gangwon")
        self.article = version.articles.get(number=2)

    def at_home(self, who):
        return self.people.at(who, self.home)

    def check(self, page, name):
        assert findings(page, self.axe) == []
        for width in WIDTHS:
            assert not is_too_wide(page, width), (name, width)
            look(page, f"{name}-{self.people.language}-{width}")

    def state(self):
        self.version.refresh_from_db()
        return self.version.state


@pytest.mark.parametrize("language", KOREAN)
def test_draft_is_remarked_on_objected_to_corrected_and_approved(
    chromium, axe, live_server, cast, version, language
):
    people = People(chromium, live_server, language, 1280)
    drafting = Drafting(people, axe, version)

    remark_and_answer(drafting)
    circulate(drafting)
    object_to_one_clause(drafting)
    recall_and_correct(drafting)
    circulate(drafting)
    consent_with_what_was_agreed_before(drafting)
    factories.consented(cast, version)
    assert drafting.state() == "frozen"
    approve_on_condition(drafting)

    page = drafting.at_home("province_approver")
    assert page.locator(f"a[href='/parties/{drafting.party.pk}/moves/sign/']").count() == 1
    people.go_home()


def remark_and_answer(drafting):
    page = drafting.at_home("province_approver")
    press(page, f"a[href='/articles/{drafting.article.pk}/remarks/new/']")
    drafting.check(page, "new-remark")
    write(page, "#id_text", "기간의 첫날을 밝혀 주십시오.")
    press(page, SEND)
    remark = Remark.objects.get()

    page = drafting.at_home("coordinator")
    press(page, f"a[href='/remarks/{remark.pk}/']")
    press(page, "a[href$='/moves/settle/']")
    drafting.check(page, "answer")
    write(page, "#id_answer", "협약을 맺은 날부터입니다.")
    press(page, SEND)
    drafting.check(page, "remark")
    assert "협약을 맺은 날부터입니다." in page.inner_text("main")


def circulate(drafting):
    page = drafting.at_home("coordinator")
    drafting.check(page, "draft")
    press(page, "form[action$='/moves/circulate/'] button")
    assert drafting.state() == "consent"


def object_to_one_clause(drafting):
    page = drafting.at_home("province_approver")
    press(page, f"a[href='/parties/{drafting.party.pk}/moves/weigh/']")
    pick(page, "agrees_1", "yes")
    pick(page, "agrees_2", "no")
    press(page, "button[value=object]")
    assert page.locator("#errors a[href='#id_remark_2']").count() == 1
    assert page.is_checked("[name=agrees_1][value=yes]")
    drafting.check(page, "clauses-refused")

    write(page, "#id_remark_2", "3년은 너무 짧다.")
    press(page, "button[value=object]")
    assert "3년은 너무 짧다." in page.inner_text("#clauses")
    drafting.check(page, "objected")


def recall_and_correct(drafting):
    page = drafting.at_home("coordinator")
    press(page, "a[href$='/moves/recall/']")
    write(page, "#id_note", "기간을 다시 정한다.")
    press(page, SEND)
    assert drafting.state() == "drafting"
    assert "3년은 너무 짧다." in page.inner_text("#clauses")

    press(page, f"a[href='/articles/{drafting.article.pk}/']")
    write(page, "#id_body_ko", "5년으로 한다.")
    press(page, SEND)
    assert "5년으로 한다." in page.inner_text("#articles")


def consent_with_what_was_agreed_before(drafting):
    page = drafting.at_home("province_approver")
    press(page, f"a[href='/parties/{drafting.party.pk}/moves/weigh/']")
    assert BEFORE[drafting.people.language] in page.inner_text("#clause-1")
    assert page.is_checked("[name=agrees_1][value=yes]")
    assert not page.is_checked("[name=agrees_2][value=yes]")
    drafting.check(page, "clauses-again")

    press(page, "button[value=consent]")
    drafting.party.refresh_from_db()
    assert drafting.party.state == "consented"


def approve_on_condition(drafting):
    page = drafting.at_home("coordinator")
    press(page, "a[href$='/moves/resolve/']")
    write(page, "#id_resolution", "제12차-3")
    page.fill("#id_resolved_on", "2026-11-01")  # browsers differ in how a date is typed
    pick(page, "result", "conditional")
    write(page, "#id_words", "해마다 성과를 보고할 것")
    press(page, SEND)
    assert page.locator("#errors a[href='#id_how_met']").count() == 1
    drafting.check(page, "resolve-refused")

    write(page, "#id_how_met", "제3조에 이미 적혀 있다.")
    press(page, SEND)
    assert drafting.state() == "signing"
    assert "제3조에 이미 적혀 있다." in page.inner_text("#resolutions")
    drafting.check(page, "resolved")
