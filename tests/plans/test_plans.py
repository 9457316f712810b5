"""Plans, goals, standards and areas: tables by hand, forms, who carries what."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plans.models import Area, Goal, Plan, Standard
from plans.workflow import AREA, PLAN
from projects.drafting import citations
from projects.drafting.plan_coverage import carriers_of
from projects.models import Component, FacilityAccess, Proposal
from tests import factories


@pytest.fixture
def client(cast):
    return signed_in(cast["coordinator"])


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def enter(cast, **values):
    facts = {
        "kind": "balanced",
        "title_ko": "균형발전계획",
        "title_en": "Balanced plan",
        "issuer": cast.committee,
        "first_year": 2025,
        "last_year": 2030,
    }

    def add_goals(record):
        for title in ("분권", "포용"):
            Goal.objects.create(plan=record, title_ko=title, title_en=title)
        Standard.objects.create(
            plan=record, facility_ko="도서관", facility_en="Library", mode="walk", minutes=10
        )

    return PLAN.perform("enter", Plan(**facts | values), actor=cast["coordinator"], parts=add_goals)


def as_written(workflow):
    return {
        (move.name, move.permission): (sorted(move.source), move.target)
        for move in workflow.moves.values()
    }


def test_tables_by_hand():
    right = "plans.manage_plan"
    assert as_written(PLAN) == {
        ("enter", right): ([""], "in_force"),
        ("revise", right): (["in_force"], "stays"),
        ("supersede", right): (["in_force"], "superseded"),
    }
    assert as_written(AREA) == {
        ("designate", right): ([""], "designated"),
        ("revise", right): (["designated"], "stays"),
        ("end", right): (["designated"], "ended"),
    }


SENT = {
    "kind": "provincial",
    "title_ko": "강원 종합계획",
    "title_en": "Gangwon plan",
    "issuer": "gangwon",
    "first_year": 2024,
    "last_year": 2040,
    "goals-TOTAL_FORMS": 2,
    "goals-INITIAL_FORMS": 0,
    "goals-0-title_ko": "일자리",
    "goals-0-title_en": "Jobs",
    "standards-TOTAL_FORMS": 1,
    "standards-INITIAL_FORMS": 0,
}


def test_a_coordinator_enters_and_edits_a_plan(client):
    answer = client.post("/plans/new/", SENT)
    assert answer.status_code == 302
    plan = Plan.objects.get()
    goal = plan.goals.get()

    changed = SENT | {"goals-INITIAL_FORMS": 1, "goals-0-id": goal.pk, "goals-0-title_ko": "정주"}
    assert client.post(f"/plans/{plan.pk}/moves/revise/", changed).status_code == 302

    assert [(g.pk, g.title_ko) for g in plan.goals.all()] == [(goal.pk, "정주")]
    assert "정주" in client.get(f"/plans/{plan.pk}/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "castle"},
        {"issuer": "nobody"},
        {"first_year": 1},
        {"last_year": 2023},
        {"last_year": 2090},
        {"title_ko": "\x00"},
        {"parent": 99},
        {"goals-0-title_en": ""},
        {"goals-TOTAL_FORMS": "x"},
        {"goals-1-title_ko": "일자리", "goals-1-title_en": "x"},
        {"standards-0-facility_ko": "가", "standards-0-facility_en": "a", "standards-0-mode": "walk", "standards-0-minutes": 0},
    ],
)  # fmt: skip
def test_what_is_impossible_is_refused(client, wrong):
    assert client.post("/plans/new/", SENT | wrong).status_code == 422
    assert not Plan.objects.exists()


def test_others_read_and_do_not_write(cast):
    plan = enter(cast)
    for who in ("drafter", "motir_reviewer", "auditor"):
        person = signed_in(cast[who])
        assert person.get("/plans/").status_code == 200
        assert person.get(f"/plans/{plan.pk}/").status_code == 200
        assert person.get("/plans/new/").status_code == 403
        assert person.post(f"/plans/{plan.pk}/moves/revise/", SENT).status_code == 403
        assert person.post("/areas/new/", {}).status_code == 403


def test_a_plan_cannot_be_above_itself(cast, client):
    plan = enter(cast)
    below = enter(cast, title_ko="아래", parent=plan)
    for above in (plan, below):
        answer = client.post(f"/plans/{plan.pk}/moves/revise/", SENT | {"parent": above.pk})
        assert answer.status_code == 422
    with pytest.raises(IntegrityError, match="plan_is_not_its_own_parent"), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(parent=plan)


def test_a_cited_goal_stays(cast, call, client):
    plan = enter(cast)
    proposal = factories.complete_proposal(cast, call)
    proposal.components.order_by("pk").first().goals.add(plan.goals.order_by("pk").first())

    answer = client.post(f"/plans/{plan.pk}/moves/revise/", SENT | {"goals-0-title_ko": "새 목표"})

    assert answer.status_code == 409, answer.context["form"].errors
    assert "분권" in answer.content.decode()
    assert plan.goals.count() == 2


def test_a_plan_is_superseded_by_another_of_its_kind(cast, client):
    old, new = enter(cast), enter(cast, title_ko="다음 계획")
    other = enter(cast, title_ko="국토계획", kind="territorial")
    address = f"/plans/{old.pk}/moves/supersede/"

    sent = {"successor": other.pk, "note": "x"}
    assert client.post(address, sent).status_code == 422
    assert client.post(address, {"successor": new.pk}).status_code == 422
    assert client.post(address, {"successor": new.pk, "note": "개정"}).status_code == 302

    old.refresh_from_db()
    assert (old.state, old.successor) == ("superseded", new)


def test_an_area_is_designated_and_ends(cast, client):
    sent = {"kind": "underdeveloped", "region": "gangwon-gangneung", "since": "2024-01-01"}
    assert client.post("/areas/new/", sent | {"until": "2023-01-01"}).status_code == 422
    assert client.post("/areas/new/", sent | {"region": "MOTIR"}).status_code == 422
    assert client.post("/areas/new/", sent).status_code == 302
    area = Area.objects.get()

    address = f"/areas/{area.pk}/moves/end/"
    assert client.post(address, {"until": "2023-01-01", "note": "x"}).status_code == 422
    assert client.post(address, {"until": "2026-06-30", "note": "해제"}).status_code == 302

    area.refresh_from_db()
    assert (area.state, area.until) == ("ended", date(2026, 6, 30))
    assert list(Area.objects.in_force_on(date(2026, 6, 30))) == [area]
    assert not Area.objects.in_force_on(date(2026, 7, 1)).exists()


def texts(proposal):
    fresh = Proposal.objects.for_page().get(pk=proposal.pk)
    return [remark.text for remark in citations.remarks(fresh)]


def test_what_is_cited_nowhere_and_what_contradicts(cast, call):
    proposal = factories.complete_proposal(cast, call)
    first, second = proposal.components.order_by("pk")
    assert sum("기여하는 상위 계획의 목표가 없습니다" in text for text in texts(proposal)) == 2

    good, short = enter(cast), enter(cast, title_ko="짧은 계획", last_year=2028)
    first.goals.add(good.goals.order_by("pk").first())
    second.goals.add(short.goals.order_by("pk").first())
    assert [text for text in texts(proposal) if "2025–2028" in text]
    assert len(texts(proposal)) == 1

    PLAN.perform("supersede", good, actor=cast["coordinator"], note="x", change=lambda plan: None)
    assert [text for text in texts(proposal) if "대체된 계획" in text]


@pytest.mark.parametrize(
    ("kind", "before", "after", "words"),
    [
        ("facility", 30, 10, None),
        ("facility", 30, 11, "기준 10분을 넘습니다"),
        ("facility", 30, 30, "줄지 않습니다"),
        ("programme", 30, 10, "시설 사업이 아닌데"),
        ("facility", None, None, "최저기준을 인용하지 않았습니다"),
    ],
)
def test_travel_times_are_held_to_the_standard(cast, call, kind, before, after, words):
    plan, proposal = enter(cast), factories.complete_proposal(cast, call)
    goal = plan.goals.order_by("pk").first()
    for component in proposal.components.all():
        component.goals.add(goal)
    first = proposal.components.order_by("pk").first()
    Component.objects.filter(pk=first.pk).update(kind=kind)
    if before:
        FacilityAccess.objects.create(
            component=first,
            standard=plan.standards.get(),
            minutes_before=before,
            minutes_after=after,
        )

    found = texts(proposal)

    assert len(found) == (0 if words is None else 1)
    assert all(words in text for text in found)


def test_a_drafter_chooses_goals_and_travel_times(cast, call):
    plan = enter(cast)
    elsewhere = enter(cast, title_ko="홍성 계획", kind="municipal", issuer=cast.hongseong)
    proposal = factories.complete_proposal(cast, call)
    component = proposal.components.order_by("pk").first()
    address, person = f"/components/{component.pk}/plans/", signed_in(cast["drafter"])
    page = person.get(address).content.decode()
    assert "균형발전계획" in page
    assert "홍성 계획" not in page
    foreign = elsewhere.goals.order_by("pk").first()
    assert person.post(address, {"goals": [foreign.pk]}).status_code == 422

    goal, standard = plan.goals.order_by("pk").first(), plan.standards.get()
    rows = {"access-TOTAL_FORMS": 1, "access-INITIAL_FORMS": 0, "access-0-standard_id": standard.pk}
    rows |= {"access-0-minutes_before": 30, "access-0-minutes_after": 9}
    assert person.post(address, {"goals": [goal.pk]} | rows).status_code == 302

    assert component.content()["goals"] == [goal.pk]
    assert component.content()["access"] == [[standard.pk, 30, 9]]
    for who, status in (("approver", 403), ("hongseong_drafter", 404)):
        assert signed_in(cast[who]).post(address, {"goals": []}).status_code == status


def test_two_drafters_of_one_citation_lose_nothing(cast, call):
    plan = enter(cast)
    component = factories.complete_proposal(cast, call).components.order_by("pk").first()
    address = f"/components/{component.pk}/plans/"
    first = signed_in(cast["drafter"])
    second = signed_in(factories.person("colleague", ("drafter", cast.gangneung)))
    base = first.get(address).context["form"]["base"].value()
    one, two = plan.goals.order_by("pk")
    assert first.post(address, {"base": base, "goals": [one.pk]}).status_code == 302

    answer = second.post(address, {"base": base, "goals": [two.pk]})

    assert answer.status_code == 409
    assert answer.context["form"].newer[0][1:] == ("분권", "포용")


def test_who_carries_a_plan_and_with_how_much(cast, call):
    plan = enter(cast)
    one, two = plan.goals.order_by("pk")
    proposal = factories.complete_proposal(cast, call)
    first, second = proposal.components.order_by("pk")
    first.goals.set([one, two])
    second.goals.set([one])

    carried, national, total = carriers_of(plan, cast["coordinator"])

    # each component asks for 1,000,000 national of 2,000,000 in each of three years
    assert [(row.goal, row.national, row.total) for row in carried] == [
        (one, 6_000_000, 12_000_000),
        (two, 3_000_000, 6_000_000),
    ]
    assert (national, total) == (6_000_000, 12_000_000)
    page = signed_in(cast["coordinator"]).get(f"/plans/{plan.pk}/projects/").content.decode()
    assert "12,000,000" in page
    stranger = signed_in(cast["hongseong_drafter"]).get(f"/plans/{plan.pk}/projects/")
    assert "12,000,000" not in stranger.content.decode()


def test_pages_cost_the_same_with_1_and_with_30_rows(cast, call, client):
    def measured():
        found = []
        for address in ("/plans/", "/areas/", f"/plans/{plan.pk}/", f"/plans/{plan.pk}/projects/"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            found.append(len(queries))
        return found

    plan = enter(cast)
    add(cast, call, plan, 1)
    with_one = measured()
    for number in range(2, 31):
        add(cast, call, plan, number)

    assert measured() == with_one == [9, 9, 12, 12]


def add(cast, call, plan, number):
    enter(cast, title_ko=f"계획 {number}", parent=plan)
    Area.objects.create(region=cast.gangneung, kind="smart_city", since=date(2024, 1, number))
    goal = Goal.objects.create(plan=plan, title_ko=f"목표 {number}", title_en="x")
    proposal = factories.complete_proposal(cast, call, title=f"사업 {number}")
    proposal.components.first().goals.add(goal)


def test_national_plans_are_entered_once_and_on_record(cast):
    factories.ministry("MOLIT")
    for _twice in range(2):
        call_command("load_plans", by="coordinator@example.org", verbosity=0)

    assert Plan.objects.count() == 5
    fourth = Plan.objects.get(title_ko="제4차 국토종합계획")
    assert [goal.title_ko for goal in fourth.goals.order_by("pk")] == [
        "균형국토",
        "녹색국토",
        "개방국토",
        "통일국토",
    ]
    values = Plan.objects.get(title_ko="제4차 국가균형발전 5개년계획")
    assert [str(goal) for goal in values.goals.order_by("pk")] == ["분권", "포용", "혁신"]
    assert values.state == "superseded"
    call_command("verify_history", verbosity=0)
