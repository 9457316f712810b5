"""Handover of open work to the successor in a post, and notices of unassigned work."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership
from foundation.models import Event
from projects.models import Review
from projects.workflow import REVIEW
from reminders.models import Notice
from reminders.work.unassigned import notify_of_unassigned, unassigned
from tests import factories

from ..conftest import TUESDAY, on
from .test_my_work import proposal_with


@pytest.fixture
def second(cast):
    return factories.person("second", ("reviewer", cast.motir))


@pytest.fixture
def post(cast):
    return Membership.objects.get(user=cast["motir_reviewer"])


@pytest.fixture
def reviews(cast, call, tuesday):
    """Three reviews of MOTIR's, all assigned to its one reviewer."""
    proposal_with(cast, call, 3)
    rows = Review.objects.filter(ministry="MOTIR").order_by("pk")
    for row in rows:
        REVIEW.perform("assign", row, actor=cast["motir_approver"], change=assigned(cast))
    return list(rows.all())


def assigned(cast):
    def write(record):
        record.assigned_to = cast["motir_reviewer"]

    return write


def leave(post, day=TUESDAY):
    Membership.objects.filter(pk=post.pk).update(until=day)


def rows(reviews):
    return [f"review.{review.pk}:{review.moves_made}" for review in reviews]


def address(post):
    return f"/handovers/{post.pk}/"


def test_page_shows_what_a_post_leaves_behind(client, cast, reviews, post, second):
    factories.deputy(cast, "motir_reviewer", "motir_finance", since=TUESDAY, until=TUESDAY)
    factories.answer(cast, reviews[0], confirm=False)
    client.force_login(cast["motir_approver"])

    page = client.get(address(post))

    text = page.content.decode()
    assert [record for _kind, record in page.context["held"]] == reviews[1:]
    assert page.context["work"].counts["coming"] == 2
    assert [event.verb for event in page.context["events"]] == ["answer"]
    assert [event.record for event in page.context["events"]] == reviews[:1]
    assert "motir_finance" in text
    assert f'value="{second.pk}"' in text


def test_all_is_handed_to_the_successor_in_one_act(client, cast, reviews, post, second):
    leave(post)
    with on(date(2026, 11, 25)):
        client.force_login(cast["motir_approver"])
        first_page = client.get("/").content.decode()
        sent = client.post(address(post), {"successor": second.pk, "row": rows(reviews)})
        after = client.get("/").content.decode()

    assert address(post) in first_page
    assert sent["Location"] == address(post)
    assert set(Review.objects.filter(ministry="MOTIR").values_list("assigned_to", flat=True)) == {
        second.pk
    }
    events = Event.objects.filter(verb="assign", data__assigned_to=second.pk)
    assert {event.actor for event in events} == {cast["motir_approver"]}
    assert events.count() == 3
    assert address(post) not in after


def test_what_fails_is_reported_and_the_rest_is_handed_over(client, cast, reviews, post, second):
    reviews[0].conflicts.create(person=second)
    read = rows(reviews)
    mine = factories.setting()  # whose interest it is does not matter here
    REVIEW.perform("declare", reviews[1], actor=cast["motir_reviewer"], note="x", change=mine)
    client.force_login(cast["motir_approver"])

    page = client.post(address(post), {"successor": second.pk, "row": read})

    text = page.content.decode()
    held_by = (
        Review.objects.filter(ministry="MOTIR").order_by("pk").values_list("assigned_to", flat=True)
    )
    assert list(held_by) == [cast["motir_reviewer"].pk] * 2 + [second.pk]
    assert "2건을 처리하지 못했습니다" in text
    assert len(page.context["failed"]) == 2


def test_drafts_go_to_another_drafter(client, cast, call, tuesday):
    draft = factories.complete_proposal(cast, call)
    type(draft).objects.filter(pk=draft.pk).update(held_by=cast["drafter"])
    draft.refresh_from_db()
    second = factories.person("second", ("drafter", cast.gangneung))
    post = Membership.objects.get(user=cast["drafter"])
    client.force_login(cast["approver"])
    row = f"draft.{draft.pk}:{draft.moves_made}"

    client.post(address(post), {"successor": second.pk, "row": [row]})

    draft.refresh_from_db()
    assert draft.held_by == second
    assert Notice.objects.get(kind="handed_over").person == second


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"successor": "x", "row": "review.1:0"},
        {"successor": "999999", "row": ["review.x:1", "sign.1:1", "review"]},
        {"successor": "\x00", "row": "review.99999999999999999999:1"},
    ],
)
def test_nothing_is_handed_over_by_an_invalid_form(client, cast, reviews, post, second, sent):
    client.force_login(cast["motir_approver"])

    assert client.post(address(post), sent).status_code == 422
    assert Review.objects.filter(assigned_to=cast["motir_reviewer"]).count() == 3


def test_page_is_read_by_the_approver_and_who_comes_next(client, cast, post, second, tuesday):
    seen = {}
    for who in ("motir_approver", "motir_finance", "mcst_approver", "coordinator", "auditor"):
        client.force_login(cast[who])
        seen[who] = client.get(address(post)).status_code
    client.force_login(second)

    assert seen.pop("motir_approver") == 200
    assert set(seen.values()) == {404}
    assert client.get(address(post)).status_code == 200
    assert client.post(address(post), {"successor": second.pk}).status_code == 403
    assert client.get("/handovers/999999/").status_code == 404


def test_page_costs_the_same_however_much_is_left(client, cast, call, reviews, post, second):
    client.force_login(cast["motir_approver"])

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(post)).status_code == 200
        return len(captured)

    before = cost()
    proposal_with(cast, call, 12)
    for row in Review.objects.filter(ministry="MOTIR", assigned_to=None):
        REVIEW.perform("assign", row, actor=cast["motir_approver"], change=assigned(cast))

    assert cost() == before


# --- the list ---


def listed(client, who, query=""):
    client.force_login(who)
    return list(client.get(f"/handovers/{query}").context["page"])


def test_list_names_the_posts_that_end_and_what_is_held_in_them(client, cast, reviews, post):
    assert listed(client, cast["motir_approver"]) == []
    leave(post)

    (row,) = listed(client, cast["motir_approver"])

    assert (row, row.held) == (post, 3)
    page = client.get("/handovers/").content.decode()
    assert address(post) in page
    assert "/handovers/" in client.get("/").content.decode()


def test_list_is_narrowed_to_what_is_held_or_widened_to_all_posts(client, cast, reviews, post):
    approver = cast["motir_approver"]

    assert listed(client, approver, "?posts=held") == [post]
    posts = Membership.objects.filter(organisation="MOTIR")
    assert set(listed(client, approver, "?posts=all")) == set(posts)
    assert {row.held for row in listed(client, approver, "?posts=all")} == {0, 3}


@pytest.mark.parametrize("query", ["?posts=x", "?posts=%00", "?page=x", "?page=-1"])
def test_list_that_cannot_be_shown_is_as_usual(client, cast, reviews, post, query):
    leave(post)

    assert listed(client, cast["motir_approver"], query) == [post]


def test_account_that_is_gone_is_a_post_that_has_ended(client, cast, reviews, post):
    type(post.user).objects.filter(pk=post.user_id).update(is_active=False)

    assert listed(client, cast["motir_approver"]) == [post]


def test_list_holds_the_posts_whose_page_one_may_read(client, cast, reviews, post, second):
    leave(post)
    readers = ("drafter", "mcst_approver", "motir_finance", "coordinator", "auditor", "nobody")

    assert [listed(client, cast[who]) for who in readers] == [[]] * len(readers)
    assert listed(client, second) == [post]
    for who in (*readers, "motir_approver", "mcst_reviewer"):
        for row in listed(client, cast[who], "?posts=all"):
            assert client.get(address(row)).status_code == 200


def test_list_has_pages_at_one_cost(client, cast, reviews, post):
    client.force_login(cast["motir_approver"])
    leave(post)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            page = client.get("/handovers/").context["page"]
        return len(captured), page.paginator.num_pages

    before, _pages = cost()
    for number in range(30):
        leave(factories.person(f"p{number}", ("reviewer", cast.motir)).memberships.get())

    assert cost() == (before, 2)


# --- what nobody holds ---


def test_work_without_a_holder_is_counted_by_body_and_kind(cast, reviews, post):
    assert unassigned(TUESDAY) == []
    leave(post, date(2026, 11, 23))

    (found,) = unassigned(TUESDAY)

    assert (found.organisation, found.kind.name, found.count) == ("MOTIR", "review", 3)
    assert unassigned(TUESDAY, {"MCST"}) == []


def test_work_without_a_holder_is_notified_of_once_a_day(cast, reviews, post):
    leave(post, date(2026, 11, 23))

    assert [notify_of_unassigned(TUESDAY), notify_of_unassigned(TUESDAY)] == [1, 0]
    assert notify_of_unassigned(date(2026, 11, 25)) == 1
    assert notify_of_unassigned(date(2026, 11, 28)) == 0  # a Saturday

    (notice, _again) = Notice.objects.filter(kind="unheld").order_by("pk")
    assert notice.person == cast["motir_approver"]
    assert "산업통상부" in notice.headline
    assert "부처 검토 의견 작성: 3" in notice.body


def test_coordinators_are_notified_of_an_organisation_without_an_approver(cast, reviews, post):
    leave(post, date(2026, 11, 23))
    Membership.objects.filter(user=cast["motir_approver"]).update(until=date(2026, 11, 23))

    call_command("remind", "--write-only", stdout=open("/dev/null", "w"))  # noqa: SIM115

    sent = Notice.objects.filter(kind="unheld").order_by("pk")
    assert [notice.person for notice in sent] == [cast["coordinator"], cast["second_coordinator"]]


def test_work_without_a_holder_is_on_the_approvers_first_page(client, cast, reviews, post):
    leave(post, date(2026, 11, 23))
    client.force_login(cast["motir_approver"])

    page = client.get("/").content.decode()

    assert "담당자가 없는 업무" in page
    client.force_login(cast["mcst_approver"])
    assert "담당자가 없는 업무" not in client.get("/").content.decode()
