import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership
from foundation.models import decreed_days
from foundation.time.calendar import is_working_day
from foundation.time.deadlines import days_left
from projects.models import Review
from projects.workflow import PROPOSAL, REVIEW
from reminders.matters.kinds import KINDS
from reminders.matters.schedules import USUALLY
from reminders.models import Notice
from reminders.outbox.notices import reminders, write_notices
from tests import factories
from tests.disbursements import acts

from ..conftest import in_words, on, outbox

LAST_DAY = date(2026, 12, 8)  # ten working days after the Tuesday of submission


@pytest.fixture
def asked(cast, call, tuesday):
    """A proposal submitted on Tuesday, 24 November 2026."""
    return factories.submitted(cast, call)


def written():
    return {(n.person.name, n.stage) for n in Notice.objects.select_related("person")}


def days_of(due, until):
    """The first day of each stage from twenty days before a deadline."""
    first, found, day = date.fromisoformat(due), {}, date.fromisoformat(due) - timedelta(20)
    while day <= date.fromisoformat(until):
        stage = USUALLY.stage(days_left(first, day)) if is_working_day(day) else ""
        if stage:
            found.setdefault(stage, day.isoformat())
        day += timedelta(1)
    return list(found.values())


@pytest.mark.parametrize(
    ("due", "days"),
    [
        # three working days before, on the day, one after, then every five
        ("2026-12-24", ["2026-12-21", "2026-12-24", "2026-12-28", "2027-01-05", "2027-01-12"]),
        ("2027-02-09", ["2027-02-03", "2027-02-10", "2027-02-11", "2027-02-18"]),
        ("2028-02-25", ["2028-02-22", "2028-02-25", "2028-02-28", "2028-03-07"]),
        ("2028-10-02", ["2028-09-27", "2028-10-06", "2028-10-10", "2028-10-17"]),
    ],
)
def test_stages_begin_on_the_expected_days(due, days):
    assert days_of(due, days[-1]) == days


@pytest.mark.parametrize(
    ("due", "decreed", "days"),
    [
        ("2026-12-24", "2026-12-24", ["2026-12-21", "2026-12-28", "2026-12-29", "2027-01-06"]),
        ("2026-12-31", "2026-12-31", ["2026-12-28", "2027-01-04", "2027-01-05", "2027-01-12"]),
        ("2027-02-05", "2027-02-10", ["2027-02-02", "2027-02-05", "2027-02-11", "2027-02-18"]),
        ("2028-02-29", "2028-02-29", ["2028-02-24", "2028-03-02", "2028-03-03", "2028-03-10"]),
    ],
)
def test_stages_move_with_a_decreed_holiday(due, decreed, days):
    with decreed_days.override({date.fromisoformat(decreed)}):
        assert days_of(due, days[-1]) == days


def test_nothing_is_written_on_a_decreed_holiday(asked):
    with decreed_days.override({LAST_DAY}):
        assert write_notices(LAST_DAY) == 0
        assert write_notices(date(2026, 12, 9)) == 2

    assert {stage for _name, stage in written()} == {"today"}


def test_nothing_is_written_before_its_time(asked):
    assert write_notices(date(2026, 11, 30)) == 0


def test_each_ministrys_reviewer_is_reminded_of_their_own_part(cast, asked):
    assert write_notices(date(2026, 12, 3)) == 2

    found = {notice.person: notice.subject for notice in Notice.objects.select_related("person")}
    assert found == {
        cast["motir_reviewer"]: Review.objects.get(ministry="MOTIR").reference,
        cast["mcst_reviewer"]: Review.objects.get(ministry="MCST").reference,
    }


def test_running_twice_changes_nothing(asked):
    write_notices(LAST_DAY)
    before = list(Notice.objects.order_by("pk").values())

    assert write_notices(LAST_DAY) == 0
    assert list(Notice.objects.order_by("pk").values()) == before


def test_daily_runs_write_one_notice_a_stage(cast, asked):
    for number in range(30):
        write_notices(date(2026, 11, 25) + timedelta(number))

    mine = Notice.objects.filter(person=cast["motir_reviewer"]).order_by("pk")
    assert [(n.stage, n.written_on.isoformat()) for n in mine] == [
        ("before-5", "2026-12-01"),
        ("before-2", "2026-12-04"),
        ("today", "2026-12-08"),
        ("after-0", "2026-12-09"),
        ("after-1", "2026-12-16"),
        ("after-2", "2026-12-23"),
    ]


def test_stopped_scheduler_catches_up_with_one_notice_a_matter(asked):
    write_notices(date(2026, 12, 10))

    assert written() == {
        ("motir_reviewer", "after-0"),
        ("mcst_reviewer", "after-0"),
        ("motir_approver", "up-1-0"),
        ("mcst_approver", "up-1-0"),
    }


@pytest.mark.parametrize("day", ["2026-12-05", "2026-12-25", "2027-01-01", "2027-02-09"])
def test_nobody_is_written_to_on_a_holiday(asked, day):
    assert write_notices(date.fromisoformat(day)) == 0


def test_more_matters_cost_no_more_statements(cast, call, tuesday, django_assert_num_queries):
    factories.submitted(cast, call)
    with CaptureQueriesContext(connection) as one:
        write_notices(LAST_DAY)
    for number in range(3):
        factories.submitted(cast, call, title=f"사업 {number}")

    with django_assert_num_queries(len(one)):
        assert write_notices(LAST_DAY) == 6


def test_nobody_is_reminded_of_what_is_done(cast, asked):
    factories.answer(cast, Review.objects.get(ministry="MOTIR"))
    write_notices(LAST_DAY)

    assert written() == {("mcst_reviewer", "today")}


def test_prepared_answer_is_the_approvers_turn_but_never_the_preparers(cast, asked):
    factories.hold(cast["motir_reviewer"], "approver", cast.motir)
    factories.answer(cast, Review.objects.get(ministry="MOTIR"), confirm=False)
    write_notices(LAST_DAY)

    assert written() == {("motir_approver", "today"), ("mcst_reviewer", "today")}


def test_two_posts_bring_one_notice(cast, asked):
    cast.motir.predecessors.add(cast.moe)
    factories.hold(cast["motir_reviewer"], "reviewer", cast.moe)

    assert write_notices(LAST_DAY) == 2


def test_two_roles_on_one_matter_bring_one_notice_a_day(cast, tuesday):
    call = factories.call(cast, closes_on=LAST_DAY)
    factories.hold(cast["hongseong_drafter"], "drafter", cast.gangneung)
    factories.hold(cast["hongseong_drafter"], "approver", cast.gangneung)
    factories.complete_proposal(cast, call)
    write_notices(LAST_DAY)

    kinds = Notice.objects.filter(person=cast["hongseong_drafter"]).values_list("kind", flat=True)
    assert list(kinds) == ["draft"]


def test_two_matters_of_one_line_of_money_bring_two_notices_a_day(cast, call):
    with on(date(2026, 11, 24)):
        factories.in_force(cast, call)
        acts.many_tranches(cast)
        line = acts.vote(cast, acts.line(), 1_000_000)
        acts.pay(cast, acts.granted(cast, line, 500_000), 500_000)
    with on(date(2027, 12, 31)) as today:
        write_notices(today)

    sent = Notice.objects.filter(person=cast["finance"], subject=line.reference)
    assert {notice.kind for notice in sent} == {"request", "execute", "carry"}


def test_successor_ministry_is_reminded_of_what_it_took_over(cast, asked):
    cast.motir.successors.add(cast.moe)
    write_notices(LAST_DAY)

    assert written() == {(f"{who}_reviewer", "today") for who in ("motir", "mcst", "moe")}


def test_who_left_the_post_or_has_no_active_account_is_not_reminded(cast, asked):
    Membership.objects.filter(user=cast["motir_reviewer"]).update(until=date(2026, 12, 7))
    cast["mcst_reviewer"].is_active = False
    cast["mcst_reviewer"].save()

    assert write_notices(LAST_DAY) == 0


def test_redated_matter_brings_no_second_notice_on_the_same_day(cast, asked):
    write_notices(LAST_DAY)
    Review.objects.update(due_on=date(2026, 12, 9))

    assert write_notices(LAST_DAY) == 0
    assert write_notices(date(2026, 12, 9)) == 2


def test_answer_sent_back_brings_no_second_notice_on_the_same_day(cast, asked):
    write_notices(LAST_DAY)
    review = factories.answer(cast, Review.objects.get(ministry="MOTIR"), confirm=False)
    write_notices(LAST_DAY)
    REVIEW.perform("send_back", review, actor=cast["motir_approver"], note="다시")
    write_notices(LAST_DAY)

    assert Notice.objects.filter(person=cast["motir_reviewer"]).count() == 1


def test_notice_speaks_the_persons_language(cast, asked, settings):
    settings.SITE_URL = "https://agreements.example.kr"
    cast["mcst_reviewer"].language = "en"
    cast["mcst_reviewer"].save()
    day = date(2026, 12, 4)
    write_notices(day)

    korean = in_words(day, person=cast["motir_reviewer"])
    assert korean.headline == "[부처 검토 의견 작성] 2근무일 남음 – MOTIR 내역사업"
    assert "motir_reviewer" in korean.body
    assert '<html lang="ko">' in korean.html

    english = in_words(day, person=cast["mcst_reviewer"])
    assert english.headline == "Answer the ministry's part: 2 working days left – MCST 내역사업"
    assert "Due on Dec. 8, 2026 (Tue)." in english.body
    assert f"https://agreements.example.kr{english.link}" in english.body
    assert f'href="https://agreements.example.kr{english.link}"' in english.html
    assert '<html lang="en">' in english.html


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-12-07", "1 working day left"),
        ("2026-12-08", "due today"),
        ("2026-12-09", "1 working day late"),
        ("2026-12-17", "7 working days late"),
    ],
)
def test_headline_says_how_urgent_it_is(cast, asked, day, words):
    cast["motir_reviewer"].language = "en"
    cast["motir_reviewer"].save()
    day = date.fromisoformat(day)
    write_notices(day)

    assert words in in_words(day, person=cast["motir_reviewer"]).headline


def test_title_is_shown_as_text_and_its_headline_has_one_line(cast, call, tuesday):
    proposal = factories.proposal(cast, call)
    factories.component(cast, proposal, cast.motir, title="도로 <b>& 철도</b>\r\nBcc: a@b.kr")
    factories.component(cast, proposal, cast.mcst)
    PROPOSAL.perform("submit", proposal, actor=cast["approver"])
    write_notices(LAST_DAY)

    notice = in_words(LAST_DAY, person=cast["motir_reviewer"])
    assert notice.headline.endswith("– 도로 <b>& 철도</b> Bcc: a@b.kr")
    assert "도로 &lt;b&gt;&amp; 철도" in notice.html
    assert "도로 <b>& 철도</b>" in notice.body


def test_message_id_follows_from_the_facts(asked, settings):
    review = next(kind for kind in KINDS if kind.name == "review")

    def message_ids():
        return [reminder.message_id for reminder in reminders(review, LAST_DAY, [])]

    first = message_ids()
    assert len(set(first)) == 2
    assert message_ids() == first
    settings.SITE_URL = "https://other.example.kr"
    assert set(message_ids()).isdisjoint(first)
    assert all(name.endswith("@other.example.kr>") for name in message_ids())


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"written_on": date(2026, 11, 25), "message_id": "<x@test>"}, "notice_once_a_stage"),
        ({"stage": "after-0", "message_id": "<x@test>"}, "notice_once_a_day"),
        ({"subject": "projects.review:1"}, "message_id"),
    ],
)
def test_database_refuses_a_second_notice(person, changes, constraint):
    (notice,) = outbox(person, 1)
    for name, value in changes.items():
        setattr(notice, name, value)
    notice.pk = None

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        notice.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_write_every_notice_once(cast, call):
    with on(date(2026, 11, 24)):
        factories.submitted(cast, call)
    gate, counts = threading.Barrier(4), []

    def run():
        gate.wait()
        write_notices(LAST_DAY)
        counts.append(Notice.objects.count())
        connection.close()

    runs = [threading.Thread(target=run) for _ in range(4)]
    for each in runs:
        each.start()
    for each in runs:
        each.join()

    assert counts == [2, 2, 2, 2]


def test_parties_are_reminded_weekly_how_many_have_signed(cast, call, tuesday):
    """Due on Thursday, 24 December 2026: 26 November is twenty working days before."""
    version = factories.signing(cast, call)
    version.parties.update(due_on=date(2026, 12, 24))
    factories.sign(cast, version.parties.get(organisation="MOTIR"))
    days = [date(2026, 11, 25) + timedelta(n) for n in range(30)]
    for day in days:
        write_notices(day)

    mine = Notice.objects.filter(person=cast["mcst_approver"], kind="sign").order_by("pk")
    assert [n.written_on.isoformat() for n in mine] == [
        "2026-11-26",
        "2026-12-03",
        "2026-12-10",
        "2026-12-17",
        "2026-12-24",
    ]
    reminder = in_words(days[1], pk=mine.first().pk)
    for text in (reminder.body, reminder.html):
        assert "당사자 4곳 중 1곳이 서명했습니다" in text
