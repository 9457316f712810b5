"""Deputies: named with their days, acting under their own name, in Python and SQL alike."""

import threading
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from accounts.models import Deputy, Membership, User
from accounts.workflow import DEPUTY
from foundation.engine.workflow import NotNow
from foundation.models import Event
from projects.models import Proposal, Review
from projects.workflow import REVIEW
from reminders.matters.kinds import KINDS
from reminders.models import Notice
from tests import factories
from tests.reminders.recipients import people

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to("2026-11-23T09:00:00+09:00")


@pytest.fixture
def review(cast, call):
    return factories.submitted(cast, call).reviews.get(ministry="MOTIR")


def fresh(person):
    """The same person in another request: what they may do is checked again."""
    return User.objects.get(pk=person.pk)


def away(cast, who, deputy, **more):
    """``who`` of MOTIR is away until Friday unless another day is given."""
    return factories.deputy(cast, who, deputy, **{"until": FRIDAY} | more)


def test_right_begins_and_ends_with_its_days(cast, review, time_machine):
    away(cast, "motir_reviewer", "motir_finance", since=date(2026, 11, 24))
    found = {}
    for day in ("2026-11-23", "2026-11-24", "2026-11-27", "2026-11-28"):
        for hour in ("00:00", "23:59"):
            time_machine.move_to(f"{day}T{hour}:00+09:00")
            deputy = fresh(cast["motir_finance"])
            python = deputy.has_perm("projects.write_review", review)
            sql = Review.objects.permitted(deputy, "projects.write_review").exists()
            assert python == sql
            found[day, hour] = python

    assert found == {
        ("2026-11-23", "00:00"): False,
        ("2026-11-23", "23:59"): False,
        ("2026-11-24", "00:00"): True,
        ("2026-11-24", "23:59"): True,
        ("2026-11-27", "00:00"): True,
        ("2026-11-27", "23:59"): True,
        ("2026-11-28", "00:00"): False,
        ("2026-11-28", "23:59"): False,
    }


def test_history_says_for_whom_one_acted(cast, review):
    away(cast, "motir_approver", "motir_finance")
    factories.answer(cast, review, confirm=False)

    REVIEW.perform("confirm", review, actor=fresh(cast["motir_finance"]))

    event = Event.objects.of(review).get(verb="confirm")
    assert (event.actor_name, event.role, event.deputy_for) == (
        "motir_finance",
        "approver",
        "motir_approver",
    )
    assert Event.objects.of(review).get(verb="answer").deputy_for == ""
    call_command("verify_history")


def test_own_post_comes_before_that_of_another(cast, review):
    factories.hold(cast["motir_finance"], "reviewer", cast.motir)
    away(cast, "motir_reviewer", "motir_finance")

    post = fresh(cast["motir_finance"]).post_for("projects.write_review", review)

    assert post.deputy_for is None


def test_deputy_who_prepared_an_answer_does_not_confirm_it(cast, review):
    away(cast, "motir_approver", "motir_reviewer")
    factories.answer(cast, review, confirm=False)

    deputy = fresh(cast["motir_reviewer"])
    with pytest.raises(PermissionDenied):
        REVIEW.perform("confirm", review, actor=deputy)

    review.refresh_from_db()
    confirm = next(kind for kind in KINDS if kind.name == "confirm")
    assert "confirm" not in [move.name for move in REVIEW.open_to(deputy, review)]
    assert not confirm.work_of(deputy, MONDAY).exists()
    assert people(confirm, review, MONDAY) == [cast["motir_approver"]]


def test_one_person_in_two_posts_is_still_one_pair_of_eyes(cast, review):
    away(cast, "motir_approver", "motir_finance")
    away(cast, "motir_reviewer", "motir_finance")
    finance = fresh(cast["motir_finance"])

    def write(record):
        record.answer, record.reason = "decline", "중복"

    answered = REVIEW.perform("answer", review, actor=finance, change=write)
    with pytest.raises(PermissionDenied):
        REVIEW.perform("confirm", answered, actor=finance)

    assert REVIEW.perform("confirm", answered, actor=cast["motir_approver"]).state == "confirmed"


def test_what_is_assigned_to_the_absent_is_the_deputys_too(cast, review):
    factories.hold(cast["motir_payer"], "reviewer", cast.motir)

    def assign(record):
        record.assigned_to = cast["motir_reviewer"]

    REVIEW.perform("assign", review, actor=cast["motir_approver"], change=assign)
    away(cast, "motir_reviewer", "motir_finance")

    assert turns(cast, review) == {"motir_reviewer", "motir_finance"}


def test_deputy_of_one_reviewer_does_not_get_what_another_holds(cast, review):
    factories.hold(cast["motir_payer"], "reviewer", cast.motir)

    def assign(record):
        record.assigned_to = cast["motir_payer"]

    REVIEW.perform("assign", review, actor=cast["motir_approver"], change=assign)
    away(cast, "motir_reviewer", "motir_finance")

    assert turns(cast, review) == {"motir_payer"}


def test_what_somebody_held_who_left_the_post_is_everybodys(cast, review):
    factories.hold(cast["motir_payer"], "reviewer", cast.motir)

    def assign(record):
        record.assigned_to = cast["motir_reviewer"]

    REVIEW.perform("assign", review, actor=cast["motir_approver"], change=assign)
    cast["motir_reviewer"].memberships.update(until=date(2026, 11, 22))

    assert turns(cast, review) == {"motir_payer"}


def turns(cast, review):
    """Whose turn the review is, by the work lists; the reminders must agree."""
    kind = next(kind for kind in KINDS if kind.name == "review")
    rows = Review.objects.filter(pk=review.pk)
    by_list = {
        name
        for name in cast
        if kind.work_of(fresh(cast[name]), MONDAY).filter(pk__in=rows).exists()
    }
    review = kind.open(MONDAY).get(pk=review.pk)
    assert {person.name for person in people(kind, review, MONDAY)} == by_list
    return by_list


@pytest.mark.parametrize(
    "leave",
    [
        lambda cast: cast["motir_finance"].memberships.update(until=date(2026, 11, 22)),
        lambda cast: cast["motir_reviewer"].memberships.update(until=date(2026, 11, 22)),
        lambda cast: User.objects.filter(name="motir_reviewer").update(is_active=False),
        lambda cast: Deputy.objects.update(state="ended"),
    ],
)
def test_right_ends_when_either_leaves(cast, review, leave):
    away(cast, "motir_reviewer", "motir_finance")
    assert fresh(cast["motir_finance"]).has_perm("projects.write_review", review)

    leave(cast)

    deputy = fresh(cast["motir_finance"])
    assert not deputy.has_perm("projects.write_review", review)
    assert not Review.objects.permitted(deputy, "projects.write_review").exists()


def test_deputyship_is_not_passed_on(cast, review):
    away(cast, "motir_reviewer", "motir_finance")
    away(cast, "motir_finance", "motir_payer")

    assert not fresh(cast["motir_payer"]).has_perm("projects.write_review", review)


def test_sql_and_python_agree_while_deputies_act(cast, review):
    away(cast, "motir_approver", "motir_reviewer")
    away(cast, "coordinator", "second_coordinator", by="coordinator")
    away(cast, "drafter", "finance", by="approver")
    for who in ("motir_reviewer", "second_coordinator", "finance"):
        person = fresh(cast[who])
        for permission in ("projects.write_proposal", "projects.decide_proposal"):
            sql = set(Proposal.objects.permitted(person, permission).values_list("pk", flat=True))
            rows = Proposal.objects.all()
            assert sql == {row.pk for row in rows if person.has_perm(permission, row)}
        for model in (Review, Deputy):
            sql = set(model.objects.visible_to(person).values_list("pk", flat=True))
            rows = model.objects.all()
            assert sql == {row.pk for row in rows if person.has_perm(model.view_permission, row)}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"deputy": "motir_reviewer"}, "자신"),
        ({"deputy": "motir_approver"}, "스스로"),
        ({"deputy": "mcst_finance"}, "같은 기관"),
        ({"absent": "motir_payer"}, "직위"),
        ({"since": date(2026, 11, 22)}, "오늘"),
        ({"until": date(2026, 11, 22)}, "첫날"),
    ],
)
def test_impossible_deputyship_is_refused_with_its_reason(cast, changes, words):
    changes = {k: cast[v] if isinstance(v, str) else v for k, v in changes.items()}
    values = {
        "organisation": cast.motir,
        "role": "reviewer",
        "absent": cast["motir_reviewer"],
        "deputy": cast["motir_finance"],
        "since": MONDAY,
        "until": FRIDAY,
        "reason": "출장",
    }

    with pytest.raises(NotNow, match=words):
        DEPUTY.perform("name", Deputy(**values | changes), actor=cast["motir_approver"])

    assert not Deputy.objects.exists()


def test_one_post_has_one_deputy_at_a_time(cast):
    away(cast, "motir_reviewer", "motir_finance", until=date(2026, 11, 25))
    with pytest.raises(NotNow, match="motir_finance"):
        away(cast, "motir_reviewer", "motir_payer", since=date(2026, 11, 25))

    away(cast, "motir_reviewer", "motir_payer", since=date(2026, 11, 26))

    assert Deputy.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"deputy": "motir_reviewer"}, "deputy_is_somebody_else"),
        ({"deputy": "motir_approver"}, "deputy_four_eyes"),
        ({"until": date(2026, 11, 22)}, "deputy_ends_after_it_began"),
    ],
)
def test_constraints(cast, changes, name):
    changes = {k: cast[v] if isinstance(v, str) else v for k, v in changes.items()}
    row = away(cast, "motir_reviewer", "motir_finance")

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Deputy.objects.filter(pk=row.pk).update(**changes)


def test_constraint_against_two_at_once(cast):
    row = away(cast, "motir_reviewer", "motir_finance")
    row.pk, row.deputy, row.since = None, cast["motir_payer"], FRIDAY

    with pytest.raises(IntegrityError, match="deputy_one_at_a_time"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_two_approvers_at_once_name_one_deputy(cast):
    factories.hold(cast["motir_payer"], "approver", cast.motir)
    gate, refused = threading.Barrier(2), []

    def name(by):
        gate.wait()
        try:
            away(cast, "motir_reviewer", "motir_finance", by=by)
        except NotNow as reason:
            refused.append(str(reason))
        finally:
            connection.close()

    runs = [threading.Thread(target=name, args=[by]) for by in ("motir_approver", "motir_payer")]
    for each in runs:
        each.start()
    for each in runs:
        each.join()

    assert (Deputy.objects.count(), len(refused)) == (1, 1)


def test_only_the_bodys_own_approver_names_and_ends(cast):
    for who in ("mcst_approver", "motir_reviewer", "coordinator", "auditor", "nobody"):
        with pytest.raises(PermissionDenied):
            away(cast, "motir_reviewer", "motir_finance", by=who)
    row = away(cast, "motir_reviewer", "motir_finance")
    for who in ("mcst_approver", "motir_reviewer", "motir_finance", "coordinator"):
        with pytest.raises(PermissionDenied):
            DEPUTY.perform("end", row, actor=cast[who])


def test_who_is_back_takes_the_post_up_alone(cast, review):
    row = away(cast, "motir_reviewer", "motir_finance")
    for who in ("motir_finance", "motir_approver", "motir_payer"):
        with pytest.raises(PermissionDenied):
            DEPUTY.perform("take_up", row, actor=cast[who])

    ended = DEPUTY.perform("take_up", row, actor=cast["motir_reviewer"])

    assert (ended.state, ended.until) == ("ended", MONDAY)
    assert not fresh(cast["motir_finance"]).has_perm("projects.write_review", review)


def test_end_before_the_first_day_keeps_the_days_that_were_planned(cast):
    row = away(cast, "motir_reviewer", "motir_finance", since=FRIDAY)

    ended = DEPUTY.perform("end", row, actor=cast["motir_approver"])

    assert (ended.since, ended.until) == (FRIDAY, FRIDAY)
    assert away(cast, "motir_reviewer", "motir_payer", since=FRIDAY).state == "named"


def test_what_ended_by_itself_is_not_ended_again(cast, time_machine):
    row = away(cast, "motir_reviewer", "motir_finance")
    time_machine.move_to("2026-11-28T09:00:00+09:00")

    for move, who in (("end", "motir_approver"), ("take_up", "motir_reviewer")):
        with pytest.raises(NotNow):
            DEPUTY.perform(move, row, actor=cast[who])


def test_deputy_is_notified_once(cast):
    away(cast, "motir_reviewer", "motir_finance")

    (notice,) = Notice.objects.filter(kind="deputy")
    assert notice.person == cast["motir_finance"]
    assert "motir_finance" in notice.headline


def test_deputy_is_named_and_ended_through_the_pages(client, cast, review):
    client.force_login(cast["motir_approver"])
    assert "대행 지정" in client.get("/deputies/").content.decode()
    sent = {
        "post": Membership.objects.get(user=cast["motir_reviewer"]).pk,
        "deputy": cast["motir_reviewer"].pk,
        "since": "2026-11-23",
        "until": "2026-11-27",
        "reason": "국외 출장",
    }
    wrong = client.post("/deputies/new/?organisation=MOTIR", sent)
    assert (wrong.status_code, "국외 출장" in wrong.content.decode()) == (422, True)

    sent["deputy"] = cast["motir_finance"].pk
    done = client.post("/deputies/new/?organisation=MOTIR", sent)

    row = Deputy.objects.get()
    assert done["Location"] == row.get_absolute_url()
    client.force_login(cast["motir_finance"])
    assert "motir_reviewer" in client.get("/").content.decode()
    assert client.get(f"/reviews/{review.pk}/moves/answer/").status_code == 200
    client.force_login(cast["motir_reviewer"])
    assert "motir_finance" in client.get("/").content.decode()
    client.post(f"/deputies/{row.pk}/moves/take_up/", {"seen": row.moves_made})
    row.refresh_from_db()
    assert row.state == "ended"


def test_deputies_are_read_by_colleagues_and_auditors(client, cast):
    row = away(cast, "motir_reviewer", "motir_finance")
    seen = {}
    for who in ("motir_payer", "auditor", "mcst_approver", "coordinator", "drafter", "nobody"):
        client.force_login(cast[who])
        seen[who] = client.get(row.get_absolute_url()).status_code

    assert seen == {
        "motir_payer": 200,
        "auditor": 200,
        "mcst_approver": 404,
        "coordinator": 404,
        "drafter": 404,
        "nobody": 404,
    }


def test_board_and_review_name_the_deputy_of_the_assigned_reviewer(client, cast, review):
    def assign(record):
        record.assigned_to = cast["motir_reviewer"]

    REVIEW.perform("assign", review, actor=cast["motir_approver"], change=assign)
    away(cast, "motir_reviewer", "motir_finance")
    client.force_login(cast["coordinator"])

    for address in (
        "/reviews/board/",
        review.get_absolute_url(),
        review.proposal.get_absolute_url(),
    ):
        assert "motir_reviewer (대행 motir_finance)" in client.get(address).content.decode()


def test_deputy_can_be_assigned_and_handed_over_to(client, cast, call, review):
    away(cast, "motir_reviewer", "motir_finance")
    away(cast, "drafter", "finance", by="approver")
    client.force_login(cast["motir_approver"])
    client.post(
        f"/reviews/{review.pk}/moves/assign/",
        {"reviewer": cast["motir_finance"].pk, "seen": review.moves_made},
    )
    draft = factories.complete_proposal(cast, call, title="작성 중")
    client.force_login(cast["drafter"])
    client.post(f"/proposals/{draft.pk}/moves/hand_over/", {"colleague": cast["finance"].pk})

    review.refresh_from_db()
    draft.refresh_from_db()
    assert (review.assigned_to, draft.held_by) == (cast["motir_finance"], cast["finance"])


def test_same_acts_by_program(client, cast):
    client.force_login(cast["motir_approver"])
    posts = client.get("/api/v1/deputies/posts/?organisation=MOTIR").json()
    post = next(each for each in posts if each["role"] == "reviewer")
    sent = {
        "organisation": "MOTIR",
        "post": post["post"],
        "deputy": cast["motir_finance"].pk,
        "since": "2026-11-23",
        "until": "2026-11-27",
        "reason": "교육",
    }
    made = client.post("/api/v1/deputies/", sent, content_type="application/json")
    assert (made.status_code, made.json()["running"], made.json()["moves"]) == (201, True, ["end"])

    again = client.post("/api/v1/deputies/", sent, content_type="application/json")
    end = f"/api/v1/deputies/{made.json()['id']}/moves/end/"
    ended = client.post(end, {}, content_type="application/json")

    assert again.status_code == 400
    assert (ended.status_code, ended.json()["state"]) == (200, "ended")
    client.force_login(cast["mcst_approver"])
    assert client.get("/api/v1/deputies/posts/?organisation=MOTIR").status_code == 403
    assert client.get("/api/v1/deputies/").json()["results"] == []
