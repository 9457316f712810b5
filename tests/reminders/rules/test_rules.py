"""Page of reminder rules: rules of one call or of all calls, previewed and saved."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from foundation.time import clock
from reminders.models import Notice, Rule, RuleChange
from reminders.rules.forms import RulesForm
from tests import factories

from ..conftest import on


@pytest.fixture
def page(call):
    return f"/calls/{call.pk}/reminders/"


@pytest.fixture
def coordinator(client, cast):
    client.force_login(cast["coordinator"])
    return client


def rules():
    rows = Rule.objects.order_by("kind").select_related("changed_by")
    return [(rule.kind, rule.before, rule.every, rule.changed_by.name) for rule in rows]


def escalation_days():
    return dict(Rule.objects.values_list("kind", "climbs"))


def test_coordinator_keeps_rules(coordinator, page):
    sent = {"before_review": "10, 3,0", "every_review": "2", "before_confirm": "0"}

    answer = coordinator.post(page, sent, follow=True)
    assert "알림 규칙을 저장했습니다" in answer.content.decode()
    assert rules() == [("confirm", [], 5, "coordinator"), ("review", [10, 3], 2, "coordinator")]
    shown = answer.content.decode()
    assert 'value="10, 3"' in shown
    assert "마지막 변경: coordinator" in shown


def test_every_change_of_a_rule_is_kept_with_who_made_it(client, cast, page):
    client.force_login(cast["coordinator"])
    client.post(page, {"before_review": "10", "before_confirm": "5"})
    client.force_login(cast["second_coordinator"])
    client.post(page, {"before_review": "10", "climbs_confirm": "-"})
    client.post(page, {"before_review": ""})

    found = [
        (change.kind, change.changed_by.name, change.was, change.now)
        for change in RuleChange.objects.order_by("pk").select_related("changed_by")
    ]
    ten = {"before": [10], "every": 5, "climbs": None}
    five, nobody = ten | {"before": [5]}, {"before": [5, 2], "every": 5, "climbs": []}
    assert found == [
        ("confirm", "coordinator", None, five),
        ("review", "coordinator", None, ten),
        ("confirm", "second_coordinator", five, nobody),
        ("confirm", "second_coordinator", nobody, None),
        ("review", "second_coordinator", ten, None),
    ]
    shown = client.get(page).content.decode()
    assert "마지막 변경: second_coordinator" in shown
    assert "10근무일 전, 이후 5근무일마다" in shown
    assert "5, 2근무일 전, 이후 5근무일마다; 다른 사람에게 알리지 않음" in shown


def test_what_was_changed_stays(cast):
    change = RuleChange.objects.create(kind="review", changed_by=cast["coordinator"])

    for touch in (lambda: change.delete(), lambda: RuleChange.objects.update(kind="sign")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            touch()


def test_rule_that_stays_keeps_who_made_it_and_an_empty_line_ends_it(client, cast, page):
    client.force_login(cast["coordinator"])
    client.post(page, {"before_review": "10", "before_confirm": "5"})
    client.force_login(cast["second_coordinator"])
    client.post(page, {"before_review": "10", "before_question": "4 1"})

    assert rules() == [
        ("question", [4, 1], 5, "second_coordinator"),
        ("review", [10], 5, "coordinator"),
    ]


def test_rules_of_another_call_and_of_all_stay(coordinator, cast, page, call):
    other = factories.call(cast)
    for which in (other, None):
        Rule.objects.create(
            call=which, kind="review", before=[5], every=5, changed_by=cast["coordinator"]
        )
    coordinator.post(page, {"before_review": "10"})

    assert sorted(Rule.objects.values_list("before", flat=True)) == [[5], [5], [10]]
    shown = coordinator.get(page).content.decode()
    assert "기본값: 5<" in shown  # what holds for all calls is the default of this one


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"before_review": "ten"}, "0부터 130까지의 근무일 수를 최대 6개까지"),
        ({"before_review": "-3"}, "0부터 130까지"),
        ({"before_review": "131"}, "0부터 130까지"),
        ({"before_review": "²"}, "0부터 130까지"),
        ({"before_review": "9" * 40}, "0부터 130까지"),
        ({"before_review": "1 2 3 4 5 6 7"}, "0부터 130까지"),
        ({"before_review": "5\x00"}, "아직 저장되지 않았습니다"),
        ({"climbs_review": "3 1"}, "앞의 수보다 커야"),
        ({"climbs_review": "1 1"}, "앞의 수보다 커야"),
        ({"climbs_review": "1 2 3"}, "최대 2개"),
        ({"climbs_confirm": "1 2"}, "최대 1개"),
        ({"climbs_review": "-131"}, "-130부터 130까지"),
        ({"climbs_review": "--1"}, "-130부터 130까지"),
        ({"climbs_review": "- 1"}, "-130부터 130까지"),
        ({"climbs_review": "1.5"}, "-130부터 130까지"),
        ({"every_review": "61"}, "60"),
        ({"every_review": "-1"}, "0"),
        ({"every_review": "x"}, "정수"),
    ],
)
@pytest.mark.parametrize("button", [{}, {"try": "1"}])
def test_wrong_value_is_reported_at_the_field_and_nothing_is_lost(
    coordinator, page, sent, message, button
):
    answer = coordinator.post(page, sent | button | {"before_confirm": "7"})

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert message in shown
    assert 'value="7"' in shown
    assert rules() == []


def test_trying_says_who_would_get_what_and_keeps_nothing(client, cast, call, page, tuesday):
    factories.submitted(cast, call)
    client.force_login(cast["coordinator"])
    with on(date(2026, 11, 25)):
        shown = client.post(page, {"before_review": "7", "try": "1"}).content.decode()

    assert "미리 보기입니다" in shown
    assert "2026. 11. 27." in shown  # seven working days before
    assert "2026. 12. 3." not in shown  # three, as by default
    assert "motir_reviewer" in shown
    assert "보고" in shown  # the escalation to the approver, a day late
    assert rules() == []
    assert not Notice.objects.exists()


def test_preview_names_the_matters_of_this_call_only(client, cast, page, tuesday):
    factories.submitted(cast, factories.call(cast), title="다른 공모")
    client.force_login(cast["coordinator"])

    shown = client.post(page, {"try": "1"}).content.decode()
    assert "발송할 알림이 없습니다" in shown


def test_preview_costs_the_same_for_more_matters(
    cast, call, tuesday, django_assert_max_num_queries, coordinator, page
):
    factories.submitted(cast, call)
    with django_assert_max_num_queries(400) as one:
        coordinator.post(page, {"try": "1"})
    for number in range(3):
        factories.submitted(cast, call, title=f"사업 {number}")
    with django_assert_max_num_queries(len(one)):
        coordinator.post(page, {"try": "1"})


@pytest.mark.parametrize("who", ["drafter", "motir_approver", "budget", "auditor", "nobody"])
def test_nobody_else_sees_or_keeps_them(client, cast, page, who):
    client.force_login(cast[who])

    assert client.get(page).status_code in (403, 404)
    assert client.post(page, {"before_review": "10"}).status_code in (403, 404)
    assert rules() == []


def test_call_leads_coordinators_there(client, cast, call, page):
    for who, leads in (("coordinator", True), ("drafter", False)):
        client.force_login(cast[who])
        shown = client.get(f"/calls/{call.pk}/").content.decode()
        assert (page in shown) == leads


def test_kept_rule_says_when_it_was_changed(cast, call):
    form = RulesForm({"before_review": "4"}, call=call, actor=cast["coordinator"])
    assert form.is_valid()
    with on(date(2026, 12, 1)):
        form.save()
        assert Rule.objects.get().changed_at == clock.now()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("2, 4", [2, 4]), ("2", [2]), ("-", []), ("−10 1", [-10, 1]), ("0", [0])],
)
def test_days_of_the_escalation_are_saved_and_shown(coordinator, page, sent, kept):
    shown = coordinator.post(page, {"climbs_review": sent}, follow=True).content.decode()

    assert escalation_days() == {"review": kept}
    assert rules() == [("review", [5, 2], 5, "coordinator")]  # the rest is as by default
    assert f'value="{", ".join(map(str, kept)) or "-"}"' in shown


def test_page_names_who_is_reminded_by_default(coordinator, page):
    shown = coordinator.get(page).content.decode()

    assert "기본값: 1 → 승인자; 3 → 조정담당자" in shown


GENERAL = "/calls/reminders/"


def test_rules_of_all_calls_have_a_page(coordinator, cast, call):
    shown = coordinator.post(GENERAL, {"before_review": "9", "climbs_sign": "2"}, follow=True)

    assert "알림 규칙을 저장했습니다" in shown.content.decode()
    assert list(Rule.objects.values_list("call", "kind").order_by("kind")) == [
        (None, "review"),
        (None, "sign"),
    ]
    assert "기본값: 9<" in coordinator.get(f"/calls/{call.pk}/reminders/").content.decode()
    shown = coordinator.get(GENERAL).content.decode()
    assert "기본값: 5, 2<" in shown  # the default of the code


def test_page_of_all_leads_to_the_calls_with_rules_of_their_own(coordinator, call, page):
    assert page not in coordinator.get(GENERAL).content.decode()

    coordinator.post(page, {"before_review": "9"})
    assert page in coordinator.get(GENERAL).content.decode()
    assert GENERAL in coordinator.get(page).content.decode()
    assert GENERAL in coordinator.get("/calls/").content.decode()


def test_rules_of_all_are_tried_over_all_calls(client, cast, tuesday):
    for title in ("가", "나"):
        factories.submitted(cast, factories.call(cast), title=title)
    client.force_login(cast["coordinator"])
    with on(date(2026, 11, 25)):
        shown = client.post(GENERAL, {"before_review": "7", "try": "1"}).content.decode()

    assert shown.count("2026. 11. 27.") == 4  # two ministries of two proposals
    assert not Rule.objects.exists()


@pytest.mark.parametrize("who", ["drafter", "motir_approver", "budget", "auditor", "nobody"])
def test_nobody_else_sees_or_keeps_those_of_all(client, cast, who):
    client.force_login(cast[who])

    assert client.get(GENERAL).status_code == 403
    assert client.post(GENERAL, {"before_review": "10"}).status_code == 403
    assert rules() == []
    assert GENERAL not in client.get("/calls/").content.decode()


def test_preview_of_a_call_knows_what_begins_within_the_days(cast, call, coordinator, page):
    with on(date(2026, 11, 24)):
        factories.in_force(cast, call)
    with on(date(2027, 2, 22)):
        shown = coordinator.post(page, {"try": "1", "before_apply": "30"}).content.decode()

    assert "내년도 국고보조금 예산 신청: MOTIR" in shown
