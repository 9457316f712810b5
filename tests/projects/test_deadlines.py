"""A deadline of reviews, rounds and issues: one rule for moves, pages, lists and reminders."""

from datetime import date, timedelta

import pytest
from django.test import Client

from foundation.engine.workflow import NotNow
from foundation.models import decreed_days
from projects.models import Issue, Review, Round
from projects.reviews import queue
from projects.workflow import ISSUE, REVIEW, ROUND
from reminders.matters.kinds import KINDS
from reminders.work.my_work import work_of
from tests import factories
from tests.reminders.conftest import on

TUESDAY, FRIDAY, SUNDAY = date(2026, 11, 24), date(2026, 11, 27), date(2026, 11, 29)
MONDAY = SUNDAY + timedelta(days=1)
KIND = {kind.name: kind for kind in KINDS}
OF_REVIEWS = ("review", "confirm", "disowned", "question")


@pytest.fixture
def review(cast, call):
    with on(TUESDAY):
        return factories.submitted(cast, call).reviews.get(ministry="MOTIR")


def due(record, day):
    type(record).objects.filter(pk=record.pk).update(due_on=day)
    record.refresh_from_db()
    return record


def silence(cast, review):
    return REVIEW.perform("pass_over", review, actor=cast["coordinator"], note="기한 경과")


def test_ministry_has_all_of_the_working_day_after_a_sunday(cast, review):
    due(review, SUNDAY)

    with on(MONDAY), pytest.raises(NotNow, match=r"11\. 30"):
        silence(cast, review)
    with on(MONDAY):
        factories.answer(cast, review, confirm=False)
    with on(MONDAY + timedelta(days=1)):
        assert silence(cast, review).state == "silent"


def test_ministry_has_all_of_the_working_day_after_a_decreed_holiday(cast, review):
    due(review, FRIDAY)

    with decreed_days.override({FRIDAY}), on(MONDAY), pytest.raises(NotNow):
        silence(cast, review)
    with decreed_days.override({FRIDAY}), on(MONDAY + timedelta(days=1)):
        assert silence(cast, review).state == "silent"


def test_parties_have_all_of_the_working_day_after_a_sunday(cast, call):
    with on(TUESDAY):
        made = factories.round_of(cast, factories.reviewed(cast, call), due_on=SUNDAY)

    close = {"actor": cast["second_coordinator"], "note": "기한 경과"}
    with on(MONDAY), pytest.raises(NotNow, match=r"11\. 30"):
        ROUND.perform("decide", made, **close)
    with on(MONDAY + timedelta(days=1)):
        assert ROUND.perform("decide", made, **close).state == "decided"


def test_sides_have_all_of_the_working_day_after_a_sunday(cast, call):
    with on(TUESDAY):
        issue = factories.issue(cast, factories.submitted(cast, call), due_on=SUNDAY)

    decide = {"actor": cast["second_coordinator"], "change": decided, "note": "조례"}
    with on(MONDAY), pytest.raises(NotNow, match=r"11\. 30"):
        ISSUE.perform("decide", issue, **decide)
    with on(MONDAY + timedelta(days=1)):
        assert ISSUE.perform("decide", issue, **decide).state == "decided"


def decided(issue):
    issue.decision, issue.reason = "지방비로 부담한다.", "조례에 따른다."


@pytest.mark.parametrize("day", [FRIDAY, FRIDAY + timedelta(days=1), SUNDAY, MONDAY])
@pytest.mark.parametrize("end", [FRIDAY, SUNDAY])
def test_page_and_my_work_say_the_same_number_of_days(cast, review, day, end):
    due(review, end)

    with on(day):
        groups, _more = work_of(cast["motir_reviewer"], day)
        (item,) = (item for items in groups.values() for item in items)
        shown = Review.objects.for_page().get(pk=review.pk)

        assert item.days == shown.days_left
        assert shown.is_late == (item.days < 0)


WEEKS = [TUESDAY + timedelta(days=n) for n in range(21)]


@pytest.mark.parametrize("end", [FRIDAY, SUNDAY, MONDAY])
def test_record_and_queryset_agree_when_a_deadline_is_over(cast, call, end):
    with on(TUESDAY):
        asked = factories.submitted(cast, call)
        factories.answer(cast, asked.reviews.get(ministry="MCST"), confirm=False)
        factories.questioned(cast, call, title="질의")
        factories.issue(cast, asked, due_on=end)
        factories.round_of(cast, factories.reviewed(cast, call, title="조정"), due_on=end)
    Review.objects.update(due_on=end)

    for day in WEEKS:
        with on(day):
            assert same(Review.objects.overdue(day), lambda row, day=day: row.is_overdue(day))
            assert same(Round.objects.overdue(day), lambda row, day=day: row.is_overdue(day))
            assert same(Issue.objects.decidable(day), lambda row, day=day: row.can_be_decided(day))


def same(found, rule):
    return set(found) == {row for row in found.model.objects.all() if rule(row)}


def for_nobody(cast, review):
    pass


def assigned(cast, review):
    def assign(record):
        record.assigned_to = cast["motir_reviewer"]

    REVIEW.perform("assign", review, actor=cast["motir_approver"], change=assign)


def assigned_with_deputy(cast, review):
    assigned(cast, review)
    factories.deputy(cast, "motir_reviewer", "motir_finance")


def assigned_to_one_who_left(cast, review):
    assigned(cast, review)
    cast["motir_reviewer"].memberships.update(until=TUESDAY - timedelta(days=1))


def assigned_to_one_without_an_account(cast, review):
    assigned(cast, review)
    cast["motir_reviewer"].is_active = False
    cast["motir_reviewer"].save()


def answered(cast, review):
    factories.answer(cast, review, confirm=False)


def disowned(cast, review):
    factories.answer(cast, review, "not_ours")


def questioned(cast, review):
    factories.question(cast, review)


@pytest.mark.parametrize(
    "prepare",
    [
        for_nobody,
        assigned,
        assigned_with_deputy,
        assigned_to_one_who_left,
        assigned_to_one_without_an_account,
        answered,
        disowned,
        questioned,
    ],
)
def test_queue_holds_what_my_work_holds(cast, review, prepare):
    second = factories.person("second_reviewer", ("reviewer", cast.motir))
    with on(TUESDAY):
        prepare(cast, review)
        waits = {}
        for user in [*map(fresh, cast.values()), fresh(second)]:
            by_work = set()
            for name in OF_REVIEWS:
                rows = KIND[name].model.objects.filter(pk__in=KIND[name].turns_of(user, TUESDAY))
                by_work |= {getattr(row, "review_id", row.pk) for row in rows}
            rows = Review.objects.filter(queue.turns_of(user))
            waits[user.name] = {row.pk for row in rows}
            assert waits[user.name] == by_work, user

    assert any(review.pk in found for found in waits.values())


def fresh(user):
    return type(user).objects.get(pk=user.pk)


def test_queue_page_of_a_deputy_lists_what_my_work_lists(cast, review):
    with on(TUESDAY):
        assigned_with_deputy(cast, review)
        client = Client()
        client.force_login(cast["motir_finance"])
        page = client.get("/reviews/").content.decode()

    assert review.get_absolute_url() in page
