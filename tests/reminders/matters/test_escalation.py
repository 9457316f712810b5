"""Escalation: a ministry that does not answer, its approver, then the coordinator."""

from datetime import date, timedelta

import pytest

from accounts.permissions import APPROVER, COORDINATOR, PERMISSIONS, REVIEWER
from foundation.models import Event
from foundation.time.deadlines import days_left, latest_due
from projects.workflow import REVIEW
from reminders.matters.escalation import levels
from reminders.matters.kinds import KINDS
from reminders.matters.schedules import climbed_to
from reminders.models import MOST_LEVELS, Notice, Rule
from reminders.outbox.notices import write_notices
from reminders.rules.forms import roles_with
from reminders.work.my_work import work_of
from tests import factories
from tests.reminders.recipients import people

from ..conftest import in_words, on, walk


@pytest.fixture
def silent(cast, call):
    """Asked on Monday, 25 January 2027, until Wednesday, 10 February: Seollal is between.

    MCST answers at once, MOTIR never.
    """
    with on(date(2027, 1, 25)):
        proposal = factories.submitted(cast, call)
        factories.answer(cast, proposal.reviews.get(ministry="MCST"))
    return proposal.reviews.get(ministry="MOTIR")


def test_silence_is_escalated_until_the_coordinator_goes_on_without_the_ministry(cast, silent):
    reminded = walk(date(2027, 1, 25), date(2027, 2, 16))

    assert reminded == [
        ("2027-02-01", "motir_reviewer", "before-5"),
        ("2027-02-04", "motir_reviewer", "before-2"),  # 6 to 9 February: Seollal, its substitute
        ("2027-02-10", "motir_reviewer", "today"),
        ("2027-02-11", "motir_approver", "up-1-0"),
        ("2027-02-11", "motir_reviewer", "after-0"),
        ("2027-02-15", "coordinator", "up-2-0"),  # a weekend is between
        ("2027-02-15", "second_coordinator", "up-2-0"),
    ]
    with on(date(2027, 2, 16)):
        (item,) = work_of(cast["coordinator"], date(2027, 2, 16))[0]["escalated"]
        assert (item.kind.name, item.record, item.days) == ("silence", silent, -4)
        REVIEW.perform("pass_over", silent, actor=cast["coordinator"], note="회신 없음")

    silent.proposal.refresh_from_db()
    assert silent.proposal.state == "reviewed"
    event = Event.objects.of(silent).latest("position")
    assert (event.verb, event.actor_name, event.note) == ("pass_over", "coordinator", "회신 없음")
    assert walk(date(2027, 2, 17), date(2027, 3, 5)) == []


def test_levels_are_reminded_again_every_five_working_days(cast, silent):
    reminded = walk(date(2027, 2, 11), date(2027, 2, 25))

    assert [(day, stage) for day, who, stage in reminded if who == "motir_approver"] == [
        ("2027-02-11", "up-1-0"),
        ("2027-02-18", "up-1-1"),
        ("2027-02-25", "up-1-2"),
    ]
    assert [(day, stage) for day, who, stage in reminded if who == "coordinator"] == [
        ("2027-02-15", "up-2-0"),
        ("2027-02-22", "up-2-1"),
    ]


def test_running_twice_reminds_nobody_twice(cast, silent):
    day = date(2027, 2, 15)
    write_notices(day)
    before = list(Notice.objects.order_by("pk").values())

    assert write_notices(day) == 0
    assert list(Notice.objects.order_by("pk").values()) == before


def test_who_must_act_is_not_reminded_again_as_their_own_superior(cast, silent):
    factories.hold(cast["motir_reviewer"], "approver", cast.motir)

    reminded = walk(date(2027, 2, 11), date(2027, 2, 17))

    assert [stage for _day, who, stage in reminded if who == "motir_reviewer"] == ["after-0"]


def test_deputy_of_the_approver_is_reminded_too(cast, silent):
    with on(date(2027, 2, 10)):
        factories.deputy(cast, "motir_approver", "motir_finance")

    reminded = walk(date(2027, 2, 11), date(2027, 2, 11))

    assert {who for _day, who, _stage in reminded} == {
        "motir_approver",
        "motir_finance",
        "motir_reviewer",
    }


def test_nothing_is_escalated_while_a_question_is_open(cast, silent):
    with on(date(2027, 2, 10)):
        factories.question(cast, silent)

    assert walk(date(2027, 2, 11), date(2027, 2, 26)) == []


def test_mail_says_that_it_is_an_escalation_and_what_one_can_do(cast, silent):
    cast["coordinator"].language = "en"
    cast["coordinator"].save()
    day = date(2027, 2, 15)
    write_notices(day)

    korean = in_words(day, person=cast["motir_approver"])
    assert korean.headline == "지연 보고 · [부처 검토 의견 작성] 3근무일 지남 – MOTIR 내역사업"
    assert "다른 검토자를 지정하거나" in korean.body
    english = in_words(day, person=cast["coordinator"])
    assert english.headline.startswith("Escalation · Answer the ministry's part: 3 working days")
    for text in (english.body, english.html):
        assert "Ministry of Trade, Industry and Resources" in text
        assert "record “no opinion”" in text
        assert "It is not your turn" in text
    reviewer = in_words(day, person=cast["motir_reviewer"])
    assert "지연 보고" not in reviewer.headline + reviewer.body


def test_overdue_question_is_escalated_on_both_sides(cast, call):
    with on(date(2027, 1, 25)):
        proposal = factories.submitted(cast, call)
        factories.answer(cast, proposal.reviews.get(ministry="MCST"))
        question = factories.question(cast, proposal.reviews.get(ministry="MOTIR"))
        type(question).objects.update(due_on=date(2027, 2, 10))

    reminded = walk(date(2027, 2, 11), date(2027, 2, 17))

    assert [(day, who) for day, who, stage in reminded if stage.startswith("up")] == [
        ("2027-02-11", "approver"),
        ("2027-02-15", "motir_reviewer"),
        ("2027-02-17", "coordinator"),
        ("2027-02-17", "second_coordinator"),
    ]


def test_overdue_screening_is_escalated_to_the_coordinator(cast, call):
    with on(date(2027, 1, 25)):
        factories.screened(cast, call)

    reminded = walk(date(2027, 2, 1), date(2027, 2, 5))

    assert [(day, who) for day, who, stage in reminded if stage.startswith("up")] == [
        ("2027-02-04", "coordinator"),
        ("2027-02-04", "second_coordinator"),
    ]


@pytest.mark.parametrize(("day", "escalated"), [("2027-02-10", []), ("2027-02-11", ["review"])])
def test_overdue_answer_is_on_the_approvers_first_page(client, cast, silent, day, escalated):
    with on(date.fromisoformat(day)) as today:
        groups, _more = work_of(cast["motir_approver"], today)
        client.force_login(cast["motir_approver"])
        page = client.get("/").content.decode()
        program = client.get("/api/v1/work/").json()["escalated"]

    assert [item.kind.name for item in groups["escalated"]] == escalated
    assert [item["kind"] for item in program] == escalated
    assert ("다른 검토자를 지정하거나" in page) == bool(escalated)


@pytest.mark.parametrize("today", [date(2027, 2, 5), date(2027, 2, 8), date(2027, 2, 11)])
@pytest.mark.parametrize("late", [-10, -1, 0, 1, 3, 5])
def test_latest_due_is_the_last_day_that_is_so_late(today, late):
    due = latest_due(today, late)

    assert days_left(due, today) <= -late < days_left(due + timedelta(1), today)


def test_lists_and_reminders_agree_to_whom_a_matter_is_escalated(cast, silent):
    with on(date(2027, 2, 17)) as today:
        for kind in KINDS:
            for level in kind.escalation:
                late = climbed_to(kind, level, [], today)
                by_list = {
                    name
                    for name, user in cast.items()
                    if kind.escalated_to(user, level.permission, late, today).exists()
                }
                by_record = set()
                for record in kind.open(today):
                    if -days_left(record.due, today) >= level.late:
                        found = people(kind, record, today, level.permission)
                        by_record |= {person.name for person in found}
                assert by_list == by_record, (kind.name, level)


def escalation_rule(cast, climbs, call=None, kind="review"):
    facts = {"before": [], "every": 5, "climbs": climbs, "changed_by": cast["coordinator"]}
    return Rule.objects.create(call=call, kind=kind, **facts)


@pytest.mark.parametrize(
    ("climbs", "reminded"),
    [
        ([2], [("2027-02-12", "motir_approver")]),
        ([], []),
        ([-1, 1], [
            ("2027-02-05", "motir_approver"),  # the day before the 10th: Seollal is between
            ("2027-02-11", "coordinator"), ("2027-02-11", "second_coordinator"),
            ("2027-02-16", "motir_approver"),  # five working days after the first time
        ]),
    ],
)  # fmt: skip
def test_rule_sets_other_days_for_the_escalation(cast, silent, climbs, reminded):
    escalation_rule(cast, climbs)

    found = walk(date(2027, 1, 25), date(2027, 2, 16))
    assert [(day, who) for day, who, stage in found if stage.startswith("up")] == reminded


def test_rule_of_a_call_is_for_its_matters_on_the_first_page_too(cast, call, silent):
    with on(date(2027, 1, 25)):
        other = factories.submitted(cast, factories.call(cast))
    escalation_rule(cast, [2], call)
    ours, theirs = silent, other.reviews.get(ministry="MOTIR")

    def climbed(day):
        with on(day):
            return [i.record for i in work_of(cast["motir_approver"], day)[0]["escalated"]]

    assert climbed(date(2027, 2, 10)) == []
    assert climbed(date(2027, 2, 11)) == [theirs]
    assert climbed(date(2027, 2, 12)) == [ours, theirs]
    escalation_rule(cast, [], other.call)
    assert climbed(date(2027, 2, 12)) == [ours]


ESCALATIONS = {
    "screen": [(3, {COORDINATOR})],
    "returned": [(1, {COORDINATOR})],
    "review": [(1, {APPROVER}), (3, {COORDINATOR})],
    "confirm": [(3, {COORDINATOR})],
    "question": [(1, {APPROVER}), (3, {REVIEWER}), (5, {COORDINATOR})],
    "position": [(1, {COORDINATOR})],
    "side": [(1, {COORDINATOR})],
    "condition": [(1, {APPROVER}), (3, {COORDINATOR})],
    "settle": [(3, {COORDINATOR})],
    "consent": [(1, {COORDINATOR})],
    "sign": [(1, {COORDINATOR})],
    "amendment": [(5, {COORDINATOR})],
    "report": [(1, {APPROVER}), (10, {COORDINATOR})],
    "reporting": [(10, {COORDINATOR})],
    "evaluate": [(1, {APPROVER, COORDINATOR}), (5, {COORDINATOR})],
    "evaluated": [(5, {COORDINATOR})],
    "correction": [(3, {COORDINATOR})],
    "ask": [(-10, {COORDINATOR}), (1, {APPROVER})],
    "apply": [(-3, {APPROVER})],
    "figure": [(1, {APPROVER})],
    "match": [(1, {APPROVER}), (18, {COORDINATOR})],
    "contract": [(1, {APPROVER}), (10, {COORDINATOR})],
    "execute": [(7, {APPROVER}), (22, {COORDINATOR})],
    "carry": [(3, {APPROVER}), (10, {COORDINATOR})],
    "gap": [(5, {APPROVER}), (20, {COORDINATOR})],
    "gap_answer": [(5, {COORDINATOR})],
    "grant": [(1, {APPROVER}), (5, {COORDINATOR})],
    "pay": [(1, {APPROVER}), (5, {COORDINATOR})],
    "carry_over": [(1, {APPROVER}), (10, {COORDINATOR})],
    "unsettled": [(1, {APPROVER}), (14, {COORDINATOR})],
    "sent_back": [(1, {APPROVER}), (14, {COORDINATOR})],
    "settlement": [(1, {APPROVER}), (10, {COORDINATOR})],
}


def test_who_is_reminded_of_what_and_when_as_in_practice():
    """As in section 5.8 of the domain and in the issue: the approver, then the coordinator."""
    found = {
        kind.name: [
            (late, set(roles_with(level.permission)))
            for _rank, late, level in levels(kind.escalation)
        ]
        for kind in KINDS
        if kind.escalation
    }
    assert found == ESCALATIONS


@pytest.mark.parametrize("kind", [k for k in KINDS if k.escalation], ids=lambda kind: kind.name)
def test_escalation_of_each_kind_is_possible(kind):
    days = [level.late for level in kind.escalation]

    assert kind.reminds
    assert days == sorted(set(days))
    assert len(days) <= MOST_LEVELS
    for level in kind.escalation:
        places = [right.at for right in PERMISSIONS[level.permission] if right.at]
        assert set(places) <= set(kind.model.places), level


def test_a_line_of_the_budget_is_escalated_before_its_day_and_as_a_line(cast, call):
    """Lines that the ministry has not requested: reminder to the coordinator ten working days before.

    31 May 2027 is a Monday; ten working days before it, two weeks, is Monday, 17 May.
    """
    with on(date(2027, 3, 2)):
        factories.in_force(cast, call)

    reminded = walk(date(2027, 5, 10), date(2027, 5, 17))

    assert {(day, who) for day, who, stage in reminded if stage == "up-1-0"} == {
        ("2027-05-17", "coordinator"),
        ("2027-05-17", "second_coordinator"),
    }
    subjects = {n.subject.partition(":")[0] for n in Notice.objects.filter(stage="up-1-0")}
    assert subjects == {"disbursements.appropriation"}
