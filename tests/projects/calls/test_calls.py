"""Calls: their rules; a published call changes only with a reason and a notice to drafters."""

import pytest
from django.test import Client

from foundation.models import Event
from projects.models import Call, Criterion, ShareRule
from reminders.models import Notice
from tests import factories

TERMS = {
    "title_ko": "2028년 공모",
    "title_en": "Call of 2028",
    "opens_on": "2027-01-01",
    "closes_on": "2027-06-30",
    "first_fiscal_year": "2028",
    "least_years": "3",
    "most_years": "5",
    "least_ministries": "2",
    "national_ceiling": "10,000,000,000",
    "review_days": "10",
    "consent_days": "10",
    "signing_days": "20",
    "material_percent": "30",
    "material_years": "1",
    "tranches_a_year": "4",
    "executed_percent": "80",
    "settlement_months": "2",
}


@pytest.fixture
def client(cast):
    client = Client()
    client.force_login(cast["coordinator"])
    return client


def rows(table, *entered):
    sent = {f"{table}-TOTAL_FORMS": len(entered), f"{table}-INITIAL_FORMS": 0}
    for number, row in enumerate(entered):
        sent |= {f"{table}-{number}-{name}": value for name, value in row.items()}
    return sent


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("2027-06-26", "2027. 6. 26. (토)은 휴일입니다. 근무일을 선택하십시오."),
        ("2027-10-04", "2027. 10. 4. (월)은 휴일입니다"),  # in place of Foundation Day, a Sunday
    ],
)
def test_call_closes_on_a_working_day(client, day, message):
    answer = client.post("/calls/new/", TERMS | {"closes_on": day})

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Call.objects.filter(title_en="Call of 2028").exists()


def criterion(ko, weight):
    return {"title_ko": ko, "title_en": ko, "weight": weight}


def test_a_call_has_criteria_shares_and_what_it_requires(client):
    answer = client.post(
        "/calls/new/",
        TERMS
        | {"required_sections": ["need", "goals"], "required_papers": ["council"]}
        | rows("criteria", criterion("타당성", 60), criterion("효과", 40))
        | rows(
            "share_rules",
            {"kind": "facility", "area": "", "most_percent": 50},
            {"kind": "facility", "area": "underdeveloped", "most_percent": 80},
        ),
    )

    assert answer.status_code == 302
    call = Call.objects.get()
    assert call.required_sections == ["need", "goals"]
    assert [str(c) for c in call.criteria.order_by("pk")] == ["타당성", "효과"]
    assert call.content()["share_rules"] == [
        ["facility", "", 50],
        ["facility", "underdeveloped", 80],
    ]
    page = client.get(answer["Location"]).content.decode()
    assert "지방의회 의견서" in page
    assert "80%" in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (rows("criteria", criterion("타당성", 60), criterion("효과", 30)), "90"),
        (rows("criteria", criterion("타당성", 50), criterion("타당성", 50)), "다른 행에 이미"),
        (rows("criteria", criterion("타당성", 0)), "1"),
        (rows("share_rules", {"kind": "facility", "most_percent": 101}), "100"),
        (rows("share_rules", {"kind": "castle", "most_percent": 10}), "castle"),
        ({"least_years": "0"}, "10"),
        ({"least_years": "0", "most_years": "0"}, "10"),
        ({"required_sections": ["poem"]}, "poem"),
        ({"required_papers": ["\x00"]}, ""),
    ],
)
def test_impossible_rules_are_refused(client, sent, words):
    answer = client.post("/calls/new/", TERMS | sent)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Call.objects.exists()


def test_every_drafter_is_notified_of_a_change_of_a_published_call_and_its_reason(
    cast, call, client
):
    factories.person("english", ("drafter", cast.hongseong), language="en")
    terms = TERMS | {"opens_on": "2026-01-01", "closes_on": "2027-12-31", "first_fiscal_year": 2027}
    address = f"/calls/{call.pk}/moves/amend/"

    assert client.post(address, terms).status_code == 422
    assert not Notice.objects.exists()
    answer = client.post(address, terms | {"national_ceiling": "9", "note": "예산이 줄었다."})

    assert answer.status_code == 302
    call.refresh_from_db()
    assert (call.state, call.national_ceiling) == ("open", 9)
    notices = {notice.person.name: notice for notice in Notice.objects.select_related("person")}
    assert set(notices) == {"drafter", "hongseong_drafter", "english"}
    assert "예산이 줄었다." in notices["drafter"].body
    assert notices["drafter"].headline.startswith("공모 내용이 변경되었습니다")
    assert notices["english"].headline.startswith("The open call was changed")
    assert Event.objects.get(verb="amend").note == "예산이 줄었다."


def test_two_changes_on_one_day_are_both_notified(cast, call, client):
    terms = TERMS | {"opens_on": "2026-01-01", "closes_on": "2027-12-31", "first_fiscal_year": 2027}
    for reason in ("하나", "둘"):
        client.post(f"/calls/{call.pk}/moves/amend/", terms | {"note": reason})

    assert Notice.objects.filter(person=cast["drafter"]).count() == 2


def test_an_open_call_cannot_be_changed_by_the_move_revise(cast, call, client):
    answer = client.post(f"/calls/{call.pk}/moves/revise/", TERMS)

    assert answer.status_code == 302
    call.refresh_from_db()
    assert call.title_ko != TERMS["title_ko"]
    assert (Criterion.objects.count(), ShareRule.objects.count()) == (0, 0)


def test_required_sections_are_asked_for_before_submission(cast):
    call = factories.call(cast, required_sections=["need"], required_papers=[])
    proposal = factories.complete_proposal(cast, call)
    client = Client()
    client.force_login(cast["approver"])

    answer = client.post(f"/proposals/{proposal.pk}/moves/submit/", {})

    assert answer.status_code == 409
    assert f'href="/proposals/{proposal.pk}/parts/section-need/"' in answer.content.decode()
