"""Issues: raised, argued by every side, decided by another coordinator, then never changed."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from foundation.engine.history import first_broken
from foundation.engine.workflow import NotNow
from foundation.models import Event
from projects.issues.forms import parties_of
from projects.models import Issue, IssueOption, IssueSide
from projects.workflow import ISSUE, ISSUE_SIDE, PROPOSAL
from tests import factories
from tests.together import at_once


@pytest.fixture
def proposal(cast, call, time_machine):
    time_machine.move_to("2026-11-24T09:00:00+09:00")
    return factories.submitted(cast, call)


@pytest.fixture
def issue(cast, proposal):
    return factories.issue(cast, proposal, due_on=date(2026, 12, 1))


def side_of(issue, organisation):
    return issue.sides.get(organisation=organisation)


def state(cast, who, side, text="지방비로 부담해야 한다.", favours=None):
    def write(record):
        record.position, record.favours = text, favours

    return ISSUE_SIDE.perform("state", side, actor=cast[who], change=write)


def heard(cast, issue):
    state(cast, "motir_reviewer", side_of(issue, "MOTIR"))
    state(cast, "drafter", side_of(issue, "gangwon-gangneung"))


def decide(cast, issue, who="second_coordinator", chosen=None):
    def write(record):
        record.decision, record.reason, record.chosen = "반씩 부담한다.", "관례", chosen

    return ISSUE.perform("decide", issue, actor=cast[who], note="관례", change=write)


GOOD = {
    "title": "운영비 분담",
    "text": "누가 부담하는가.",
    "sides": ["MOTIR", "gangwon-gangneung"],
    "due_on": "2026-12-01",
    "options-TOTAL_FORMS": "2",
    "options-INITIAL_FORMS": "0",
    "options-0-text": "지방비로 부담한다.",
    "options-1-text": "국비로 부담한다.",
}


def test_issue_goes_its_way_through_the_pages(client, cast, proposal):
    component = proposal.components.first()
    client.force_login(cast["coordinator"])
    assert "제기된 쟁점이 없습니다" in client.get(proposal.get_absolute_url()).content.decode()
    cell = f"cell-{component.pk}-2027-national"
    sent = client.post(f"/proposals/{proposal.pk}/issues/new/", GOOD | {"about": cell})
    issue = Issue.objects.get()
    assert sent["Location"] == issue.get_absolute_url()
    assert [side.state for side in issue.sides.all()] == ["asked", "asked"]
    assert "2027 · 국비" in client.get("/issues/?state=open").content.decode()

    client.force_login(cast["motir_approver"])
    side = side_of(issue, "MOTIR")
    page = client.get(issue.get_absolute_url()).content.decode()
    assert f"/sides/{side.pk}/moves/state/" in page
    option = issue.options.first()
    sent = client.post(
        f"/sides/{side.pk}/moves/state/", {"position": "지방비로.", "favours": option.pk}
    )
    assert sent["Location"] == f"/issues/{issue.pk}/#side-{side.pk}"

    client.force_login(cast["drafter"])
    client.post(
        f"/sides/{side_of(issue, 'gangwon-gangneung').pk}/moves/state/", {"position": "국비로."}
    )

    client.force_login(cast["second_coordinator"])
    done = client.post(
        f"/issues/{issue.pk}/moves/decide/",
        {
            "chosen": option.pk,
            "decision": "지방비로 부담한다.",
            "changed": f"component-{component.pk}",
            "note": "운영은 지방의 일이다.",
        },
    )
    assert done["Location"] == issue.get_absolute_url()
    client.force_login(cast["drafter"])
    page = client.get(issue.get_absolute_url()).content.decode()
    assert "운영은 지방의 일이다." in page
    assert f'<a href="{component.get_absolute_url()}">{component}</a>' in page
    issue.refresh_from_db()
    assert (issue.state, issue.chosen, issue.decided_on) == ("decided", option, date(2026, 11, 24))
    assert {side.state for side in issue.sides.all()} == {"heard"}
    assert first_broken(Event.objects.of_trees(proposal).order_by("tree", "position")) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"title": "가" * 201},
        {"text": "\x00"},
        {"text": "가" * 20_001},
        {"about": "component-0"},
        {"about": "cell-1-2027-national\x00"},
        {"sides": ["MOTIR"]},
        {"sides": ["MOTIR", "MOTIR"]},
        {"sides": ["MOTIR", "MOE"]},
        {"sides": ["MOTIR", "\x00"]},
        {"due_on": "2026-11-23"},
        {"due_on": "tomorrow"},
        {"options-0-text": "가" * 301},
        {"options-1-text": "지방비로 부담한다."},
    ],
)
def test_wrong_issue_is_refused_at_its_place(client, cast, proposal, wrong):
    client.force_login(cast["coordinator"])
    good = GOOD | {"about": f"component-{proposal.components.first().pk}"}

    sent = client.post(f"/proposals/{proposal.pk}/issues/new/", good | wrong)

    assert sent.status_code == 422
    assert not Issue.objects.exists()


def test_issue_about_a_component_of_another_proposal_is_refused(client, cast, call, proposal):
    other = factories.complete_proposal(cast, call, title="다른 것").components.first()
    client.force_login(cast["coordinator"])

    sent = client.post(
        f"/proposals/{proposal.pk}/issues/new/", GOOD | {"about": f"component-{other.pk}"}
    )

    assert sent.status_code == 422


def test_sides_are_the_parties_of_the_proposal(cast, proposal):
    assert {body.pk for body in parties_of(proposal)} == {
        "MOTIR",
        "MCST",
        "gangwon",
        "gangwon-gangneung",
    }


def test_draft_has_no_issues(cast, call):
    draft = factories.complete_proposal(cast, call)

    with pytest.raises(NotNow):
        factories.issue(cast, draft)


def test_only_coordinators_raise_and_only_the_side_itself_speaks(cast, proposal, issue):
    for who in ("drafter", "motir_approver", "budget", "auditor"):
        with pytest.raises(PermissionDenied):
            ISSUE.perform("add_option", issue, actor=cast[who])
    for who in ("motir_finance", "mcst_reviewer", "drafter", "coordinator", "moe_reviewer"):
        with pytest.raises(PermissionDenied):
            state(cast, who, side_of(issue, "MOTIR"))


def test_position_may_change_until_the_decision(cast, issue):
    heard(cast, issue)
    state(cast, "motir_approver", side_of(issue, "MOTIR"), text="생각을 바꾸었다.")
    decide(cast, issue)

    side = side_of(issue, "MOTIR")
    assert (side.position, side.state) == ("생각을 바꾸었다.", "heard")
    with pytest.raises(NotNow):
        state(cast, "motir_approver", side)
    texts = [e.data["position"] for e in Event.objects.of(side).filter(verb="state").in_order()]
    assert texts == ["지방비로 부담해야 한다.", "생각을 바꾸었다."]


def test_nothing_is_decided_before_every_side_spoke_or_its_day_passed(cast, issue, time_machine):
    state(cast, "motir_reviewer", side_of(issue, "MOTIR"))
    time_machine.move_to("2026-12-01T18:00:00+09:00")
    with pytest.raises(NotNow):
        decide(cast, issue)
    time_machine.move_to("2026-12-02T09:00:00+09:00")

    decide(cast, issue)

    assert side_of(issue, "gangwon-gangneung").state == "silent"


def test_who_raised_it_does_not_decide_it(client, cast, issue):
    heard(cast, issue)
    with pytest.raises(PermissionDenied):
        decide(cast, issue, who="coordinator")

    client.force_login(cast["coordinator"])

    assert "moves/decide/" not in client.get(issue.get_absolute_url()).content.decode()


def test_decision_needs_a_reason(client, cast, issue):
    heard(cast, issue)
    client.force_login(cast["second_coordinator"])

    sent = client.post(f"/issues/{issue.pk}/moves/decide/", {"decision": "반씩", "note": " "})

    assert sent.status_code == 422
    assert "반씩" in sent.content.decode()


def test_option_of_another_issue_is_refused(client, cast, proposal, issue):
    other = factories.issue(cast, proposal, title="다른 쟁점").options.first()
    heard(cast, issue)

    client.force_login(cast["motir_reviewer"])
    position = client.post(
        f"/sides/{side_of(issue, 'MOTIR').pk}/moves/state/",
        {"position": "그렇다.", "favours": other.pk},
    )
    client.force_login(cast["second_coordinator"])
    decision = client.post(
        f"/issues/{issue.pk}/moves/decide/",
        {"decision": "반씩", "note": "관례", "chosen": other.pk, "changed": "review-0"},
    )

    assert (position.status_code, decision.status_code) == (422, 422)
    assert set(decision.context["form"].errors) == {"chosen", "changed"}
    with pytest.raises(IntegrityError, match="another issue"), transaction.atomic():
        IssueSide.objects.filter(issue=issue).update(favours=other)
    with pytest.raises(IntegrityError, match="another issue"), transaction.atomic():
        Issue.objects.filter(pk=issue.pk).update(chosen=other)


def test_same_option_is_not_added_twice(client, cast, issue):
    client.force_login(cast["coordinator"])
    address = f"/issues/{issue.pk}/moves/add_option/"

    first = client.post(address, {"text": "기금으로 부담한다."})
    again = client.post(address, {"text": "기금으로 부담한다."})

    assert (first.status_code, again.status_code) == (302, 409)
    assert issue.options.count() == 3


@pytest.mark.parametrize(("move", "who"), [("withdraw", "approver"), ("take_back", "approver")])
def test_issue_ends_with_its_proposal(cast, proposal, issue, move, who):
    PROPOSAL.perform(move, proposal, actor=cast[who], note="철회")

    issue.refresh_from_db()
    assert (issue.state, side_of(issue, "MOTIR").state) == ("lapsed", "silent")


def test_issue_outlives_a_return_for_revision(cast, proposal, issue):
    PROPOSAL.perform("return", proposal, actor=cast["coordinator"], note="보완")

    issue.refresh_from_db()
    assert issue.state == "open"


def test_issue_about_a_component_that_is_gone_is_still_read(client, cast, proposal):
    PROPOSAL.perform("return", proposal, actor=cast["coordinator"], note="보완")
    added = factories.component(cast, proposal, cast.motir, title="새 것")
    issue = factories.issue(cast, proposal, about=f"component-{added.pk}")
    added.delete()
    client.force_login(cast["drafter"])

    page = client.get(issue.get_absolute_url()).content.decode()

    assert "삭제된 내역사업" in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("drafter", 200), ("province_approver", 200), ("mcst_finance", 200), ("auditor", 200), ("moe_reviewer", 404), ("nobody", 404)],
)  # fmt: skip
def test_issue_is_read_by_the_parties_of_the_proposal(client, cast, issue, who, status):
    client.force_login(cast[who])

    assert client.get(issue.get_absolute_url()).status_code == status


def refused_by(name, act):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        act()
    assert name in str(refusal.value)


def test_database_keeps_an_open_issue(cast, issue):
    rows, sides = Issue.objects.filter(pk=issue.pk), IssueSide.objects.filter(issue=issue)
    who = {"decided_by": cast["second_coordinator"], "decided_on": date(2026, 12, 1)}

    refused_by("issue_says_what_is_disputed", lambda: rows.update(text=""))
    refused_by("issue_is_due_after_it_is_raised", lambda: rows.update(due_on=date(2020, 1, 1)))
    refused_by("issue_decided_is_complete", lambda: rows.update(state="decided"))
    refused_by(
        "issue_decided_is_complete", lambda: rows.update(state="decided", decision="x", **who)
    )
    refused_by("issue_four_eyes", lambda: rows.update(decided_by=cast["coordinator"]))
    refused_by("issue_option_once", lambda: issue.options.create(text=issue.options.first().text))
    refused_by("issue_option_says_something", lambda: issue.options.create(text=""))
    refused_by("an option is not changed", lambda: issue.options.update(text="x"))
    refused_by("an option is not changed", lambda: IssueOption.objects.all().delete())
    refused_by("issue_side_once", lambda: issue.sides.create(organisation=cast.motir))
    refused_by("issue_side_position_has_a_writer", lambda: sides.update(state="stated"))
    refused_by("issue_side_position_has_a_writer", lambda: sides.update(position="x"))


def test_closed_issue_never_changes(cast, issue):
    heard(cast, issue)
    decide(cast, issue)
    rows, sides = Issue.objects.filter(pk=issue.pk), IssueSide.objects.filter(issue=issue)
    closed = "a closed issue does not change"

    refused_by(closed, lambda: rows.update(decision="x"))
    refused_by(closed, lambda: issue.options.create(text="새 대안"))
    refused_by(closed, lambda: sides.update(position="x"))
    refused_by(closed, lambda: sides.delete())
    refused_by(closed, lambda: issue.sides.create(organisation=cast.mcst))


def test_issues_through_the_api(client, cast, proposal):
    client.force_login(cast["coordinator"])
    raised = client.post(
        "/api/v1/issues/",
        {
            "proposal": proposal.pk,
            "title": "운영비",
            "text": "누가?",
            "about": "part-budget",
            "due_on": "2026-12-01",
            "sides": ["MOTIR", "gangwon-gangneung"],
            "options": [{"text": "반씩"}],
        },
        content_type="application/json",
    )
    assert raised.status_code == 201, raised.json()
    number, (option,) = raised.json()["id"], raised.json()["options"]
    for who, organisation in (("motir_reviewer", "MOTIR"), ("drafter", "gangwon-gangneung")):
        client.force_login(cast[who])
        rows = client.get("/api/v1/sides/").json()["results"]
        (mine,) = (row for row in rows if row["moves"] == ["state"])
        assert mine["organisation"] == organisation
        client.post(
            f"/api/v1/sides/{mine['id']}/moves/state/",
            {"position": "반씩이 옳다.", "favours": option["id"]},
            content_type="application/json",
        )
    client.force_login(cast["second_coordinator"])

    done = client.post(
        f"/api/v1/issues/{number}/moves/decide/",
        {"decision": "반씩", "chosen": option["id"], "changed": "lead-ministry", "note": "합의"},
        content_type="application/json",
    )

    assert (done.status_code, done.json()["state"], done.json()["reason"]) == (
        200,
        "decided",
        "합의",
    )
    listed = client.get(f"/api/v1/issues/?state=decided&proposal={proposal.pk}").json()
    assert [row["id"] for row in listed["results"]] == [number]
    assert client.get("/api/v1/issues/?state=open").json()["results"] == []
    for odd in ("x", 10**30, -1, "%00"):
        assert client.get(f"/api/v1/issues/?proposal={odd}").status_code == 400


@pytest.mark.django_db(transaction=True)
def test_issue_is_decided_once_however_many_decide_at_once(cast, call):
    proposal = factories.submitted(cast, call)
    issue = factories.issue(cast, proposal)
    heard(cast, issue)
    third = factories.person("third", ("coordinator", cast.committee))
    cast["third"] = third

    results = at_once(
        lambda: decide(cast, issue),
        lambda: decide(cast, issue, who="third"),
        lambda: state(cast, "motir_reviewer", side_of(issue, "MOTIR"), text="늦은 생각"),
    )

    assert sum(isinstance(result, Issue) for result in results) == 1
    assert Event.objects.of(issue).filter(verb="decide").count() == 1
    assert {side.state for side in issue.sides.all()} == {"heard"}
