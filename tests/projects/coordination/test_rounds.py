"""Coordination rounds: proposed, accepted or objected to, closed; then the effective amounts."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from agreements import workflow as agreements
from agreements.workflow import AGREEMENT
from foundation.engine.workflow import NotNow
from foundation.time import clock
from projects.coordination.effective_amounts import lines_of
from projects.models import Call, Component, Position, Proposal, ProposedLine, Round
from projects.selection.requirements import has_support
from projects.workflow import CEILING, POSITION, PROPOSAL, ROUND
from tests import factories
from tests.test_lists import queries

MILLION = 1_000_000
PARTIES = ("MOTIR", "MCST", "gangwon-gangneung")


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def half(line):
    return line.won // 2


def decide(cast, made, who="second_coordinator"):
    return ROUND.perform("decide", made, actor=cast[who], note="위원회 결정")


def national(proposal):
    return sum(line.won for line in lines_of(proposal) if line.source == "national")


def positions(of_round):
    return dict(of_round.positions.values_list("organisation", "state"))


@pytest.fixture
def reviewed(cast, call):
    """Two components of two ministries, each with 2 million won a year for three years."""
    return factories.reviewed(cast, call)


def test_every_ministry_with_a_component_and_the_applicant_are_asked(cast, reviewed):
    made = factories.round_of(cast, reviewed)

    assert positions(made) == dict.fromkeys(PARTIES, "asked")
    assert (made.number, made.revision.number, made.state) == (1, 1, "open")


def test_with_the_last_acceptance_the_amounts_are_effective(cast, reviewed):
    made = factories.round_of(cast, reviewed, change=half)
    for party in PARTIES[:2]:
        factories.take(cast, made, party)
    assert (fresh(made).state, national(reviewed)) == ("open", 6 * MILLION)

    factories.take(cast, made, PARTIES[2])

    assert fresh(made).state == "agreed"
    assert (fresh(reviewed).coordinated, national(reviewed)) == (made, 3 * MILLION)


def test_round_stalls_once_all_have_answered_and_somebody_objects(cast, reviewed):
    made = factories.round_of(cast, reviewed, change=half)
    factories.take(cast, made, "MCST", "object")
    factories.take(cast, made, "MOTIR")
    assert fresh(made).state == "open"

    factories.take(cast, made, "gangwon-gangneung")

    assert (fresh(made).state, fresh(reviewed).coordinated) == ("objected", None)


def test_party_changes_its_mind_while_the_round_is_open_and_no_longer(cast, reviewed):
    made = factories.round_of(cast, reviewed)
    factories.take(cast, made, "MCST", "object")
    factories.take(cast, made, "MCST")
    assert made.positions.get(organisation="MCST").reason == ""
    for party in PARTIES:
        if party != "MCST":
            factories.take(cast, made, party)

    with pytest.raises(NotNow):
        factories.take(cast, made, "MCST", "object")


def test_objection_needs_a_reason_and_the_version_that_was_read(client, cast, reviewed):
    position = factories.round_of(cast, reviewed).positions.get(organisation="MOTIR")
    client.force_login(cast["motir_approver"])
    address = f"/positions/{position.pk}/moves/object/"

    assert client.post(address, {"seen": position.moves_made}).status_code == 422
    assert client.post(address, {"note": "과다"}).status_code == 422
    assert (
        client.post(address, {"note": "과다", "seen": position.moves_made + 1}).status_code == 409
    )
    assert client.post(address, {"note": "과다", "seen": position.moves_made}).status_code == 302

    assert (fresh(position).state, fresh(position).reason) == ("objected", "과다")


def test_only_approvers_of_the_party_answer(cast, reviewed):
    position = factories.round_of(cast, reviewed).positions.get(organisation="MOTIR")

    for who in ("motir_reviewer", "mcst_approver", "approver", "coordinator", "budget"):
        with pytest.raises(PermissionDenied):
            POSITION.perform("accept", position, actor=cast[who])


def test_new_round_replaces_the_one_under_way_and_keeps_it(cast, reviewed):
    first = factories.round_of(cast, reviewed, change=half)
    factories.take(cast, first, "MCST", "object")

    second = factories.round_of(cast, reviewed)

    assert (fresh(first).state, second.number) == ("superseded", 2)
    assert positions(first) == {
        "MOTIR": "lapsed",
        "MCST": "objected",
        "gangwon-gangneung": "lapsed",
    }
    assert first.lines.count() == 18
    with pytest.raises(NotNow):
        factories.take(cast, first, "MCST")


def test_settled_round_is_effective_until_a_later_one_is_settled(cast, call):
    first = factories.coordinated(cast, call)
    proposal = first.proposal
    second = factories.round_of(cast, fresh(proposal), change=half)
    assert (fresh(first).state, fresh(proposal).coordinated) == ("agreed", first)

    for party in PARTIES:
        factories.take(cast, second, party)

    assert (fresh(proposal).coordinated, national(proposal)) == (second, 3 * MILLION // 2)


def test_decision_closes_a_stalled_round_but_never_by_its_writer(cast, reviewed):
    made = factories.round_of(cast, reviewed, change=half)
    factories.take(cast, made, "MCST", "object")
    with pytest.raises(NotNow):
        decide(cast, made)
    for party in ("MOTIR", "gangwon-gangneung"):
        factories.take(cast, made, party)
    with pytest.raises(PermissionDenied):
        decide(cast, made, "coordinator")

    assert decide(cast, made).state == "decided"
    assert (fresh(reviewed).coordinated, national(reviewed)) == (made, 3 * MILLION)
    assert positions(made)["MCST"] == "objected"


def test_silence_after_the_deadline_is_no_position_and_never_consent(cast, reviewed, time_machine):
    time_machine.move_to("2026-11-24T09:00:00+09:00")
    made = factories.round_of(cast, reviewed, due_on=date(2026, 12, 1))
    factories.take(cast, made, "MOTIR")
    time_machine.move_to("2026-12-01T23:00:00+09:00")
    with pytest.raises(NotNow):
        decide(cast, made)
    time_machine.move_to("2026-12-02T00:10:00+09:00")

    decide(cast, made)

    assert positions(made) == {
        "MOTIR": "accepted",
        "MCST": "silent",
        "gangwon-gangneung": "silent",
    }


@pytest.mark.parametrize(
    ("move", "who", "state"),
    [("return", "coordinator", "returned"), ("withdraw", "approver", "withdrawn"), ("reject", "coordinator", "not_selected")],
)  # fmt: skip
def test_round_lapses_with_its_proposal(cast, reviewed, move, who, state):
    made = factories.round_of(cast, reviewed)

    PROPOSAL.perform(move, reviewed, actor=cast[who], note="사유")

    assert (fresh(reviewed).state, fresh(made).state) == (state, "lapsed")
    assert set(positions(made).values()) == {"lapsed"}


def test_withdrawn_round_leaves_the_effective_amounts_unchanged(cast, reviewed):
    made = factories.round_of(cast, reviewed, change=half)

    ROUND.perform("withdraw", made, actor=cast["coordinator"], note="착오")

    assert (fresh(made).state, national(reviewed)) == ("withdrawn", 6 * MILLION)


def test_new_revision_clears_what_was_coordinated(cast, call):
    proposal = factories.coordinated(cast, call).proposal
    PROPOSAL.perform("return", fresh(proposal), actor=cast["coordinator"], note="보완")

    PROPOSAL.perform("submit", fresh(proposal), actor=cast["approver"])

    assert (fresh(proposal).coordinated, lines_of(proposal)) == (None, [])


def test_proposal_in_review_is_not_coordinated_yet(cast, call):
    proposal = factories.submitted(cast, call)

    with pytest.raises(NotNow):
        factories.round_of(cast, proposal)
    with pytest.raises(PermissionDenied):
        factories.round_of(cast, proposal, who="approver")


def test_round_proposes_something_and_no_more_than_the_call_allows(cast, reviewed):
    with pytest.raises(NotNow):
        factories.round_of(cast, reviewed, change=lambda line: 0)
    Call.objects.update(national_ceiling=6 * MILLION)
    factories.round_of(cast, fresh(reviewed))

    with pytest.raises(NotNow):
        factories.round_of(cast, fresh(reviewed), change=lambda line: line.won + 1)
    assert Round.objects.count() == 1


def test_selected_project_stays_within_the_ceilings_when_it_is_coordinated(cast, call):
    ceiling = factories.ceiling(cast, cast.motir, 2027, 1_500_000)
    proposal = factories.selected(cast, call)
    with pytest.raises(NotNow) as refusal:
        factories.round_of(cast, proposal, change=lambda line: line.won * 2)
    assert len(refusal.value.places) == 1
    made = factories.round_of(cast, proposal, change=lambda line: line.won * 6 // 5)
    for party in PARTIES[:2]:
        factories.take(cast, made, party)

    def lower(record):
        record.won = 1_100_000

    CEILING.perform("change", ceiling, actor=cast["budget"], note="감액", change=lower)
    with pytest.raises(NotNow):
        factories.take(cast, made, PARTIES[2])
    PROPOSAL.perform("allow_above", fresh(proposal), actor=cast["budget"], note="예비비")
    factories.take(cast, made, PARTIES[2])

    assert fresh(proposal).coordinated == made


def test_cut_is_possible_even_where_the_ceiling_is_exceeded(cast, call):
    ceiling = factories.ceiling(cast, cast.motir, 2027, MILLION)
    proposal = factories.selected(cast, call)

    def lower(record):
        record.won = 100

    CEILING.perform("change", ceiling, actor=cast["budget"], note="감액", change=lower)
    made = factories.round_of(cast, proposal, change=half)
    for party in PARTIES:
        factories.take(cast, made, party)

    assert fresh(made).state == "agreed"


def test_agreement_takes_the_effective_amounts_and_ends_the_rounds_once_it_is_circulated(
    cast, call
):
    made = factories.coordinated(cast, call)
    proposal = fresh(made.proposal)

    proposal = PROPOSAL.perform(
        "select", proposal, actor=cast["coordinator"], lead_ministry=cast.motir
    )
    under_way = factories.round_of(cast, proposal)
    with pytest.raises(NotNow):
        agreements.draft(proposal, actor=cast["coordinator"])
    ROUND.perform("withdraw", under_way, actor=cast["coordinator"], note="-")

    version = agreements.draft(proposal, actor=cast["coordinator"])

    assert sum(version.schedule.values_list("won", flat=True)) == 6 * MILLION
    AGREEMENT.perform("circulate", version, actor=cast["coordinator"])
    with pytest.raises(NotNow):
        factories.round_of(cast, fresh(proposal))


def test_one_component_can_be_given_up_in_a_round(cast, reviewed):
    of_mcst = reviewed.components.get(ministry="MCST").pk
    made = factories.round_of(
        cast, reviewed, change=lambda line: 0 if line.component == of_mcst else line.won
    )
    for party in PARTIES:
        factories.take(cast, made, party)

    assert has_support(fresh(reviewed)) is None
    assert {line.ministry for line in lines_of(reviewed)} == {"MOTIR"}


def test_round_is_proposed_and_answered_through_the_pages(client, cast, reviewed):
    client.force_login(cast["coordinator"])
    address = f"/proposals/{reviewed.pk}/rounds/new/"
    assert "1,000,000" in client.get(address).content.decode()
    component = reviewed.components.order_by("pk").first().pk
    cell = f"c-{component}-2027-national"
    sent = {"explanation": "조정", "due_on": "2099-12-31", cell: "900,000.5"}
    for due in ("2099-12-31", "2020-01-01", ""):
        assert client.post(address, sent | {"due_on": due}).status_code == 422
    broken = client.post(address, sent).content.decode()
    assert "900,000.5" in broken
    assert "aria-invalid" in broken

    due = client.get(address).context["form"]["due_on"].initial
    done = client.post(address, sent | {cell: "900,000", "due_on": due.isoformat()})

    made = Round.objects.get()
    assert done["Location"] == made.get_absolute_url()
    assert list(made.lines.values_list("won", flat=True)) == [900_000]
    client.force_login(cast["motir_approver"])
    page = client.get(f"/proposals/{reviewed.pk}/coordination/").content.decode()
    for words in ("900,000", "-1,100,000", "3곳 중 0곳 동의", "금액에 동의", "1차 조정안"):
        assert words in page, words
    position = made.positions.get(organisation="MOTIR")
    client.post(f"/positions/{position.pk}/moves/accept/", {"seen": position.moves_made})
    assert "3곳 중 1곳 동의" in client.get(made.get_absolute_url()).content.decode()


def test_earlier_rounds_can_be_shown_beside(client, cast, reviewed):
    factories.round_of(cast, reviewed, change=lambda line: 111)
    factories.round_of(cast, reviewed, change=lambda line: 222)
    client.force_login(cast["auditor"])
    address = f"/proposals/{reviewed.pk}/coordination/"

    assert ">666<" in client.get(address).content.decode()
    assert ">333<" in client.get(f"{address}?round=1").content.decode()
    assert ">666<" in client.get(f"{address}?round=99").content.decode()


def test_proposals_page_shows_the_effective_amounts(client, cast, call):
    proposal = factories.coordinated(cast, call).proposal
    client.force_login(cast["drafter"])

    page = client.get(proposal.get_absolute_url()).content.decode()

    assert "6,000,000" in page
    assert "확정된 조정안" in page


def test_rounds_through_the_api(client, cast, reviewed):
    client.force_login(cast["coordinator"])
    component = reviewed.components.get(ministry="MOTIR").pk
    line = {"component": component, "fiscal_year": 2027, "source": "national", "won": 5}
    due = clock.today().isoformat()
    asked = client.post(
        f"/api/v1/proposals/{reviewed.pk}/rounds/",
        {"explanation": "조정", "due_on": due, "lines": [line]},
        content_type="application/json",
    )
    assert asked.status_code == 201, asked.json()
    assert asked.json()["lines"] == [line]
    strange = line | {"component": component + 1000}
    wrong = client.post(
        f"/api/v1/proposals/{reviewed.pk}/rounds/",
        {"explanation": "조정", "due_on": due, "lines": [strange]},
        content_type="application/json",
    )
    assert wrong.status_code == 400

    client.force_login(cast["approver"])
    mine = next(
        p
        for p in client.get("/api/v1/positions/").json()["results"]
        if p["organisation"] == "gangwon-gangneung"
    )
    objected = client.post(
        f"/api/v1/positions/{mine['id']}/moves/object/",
        {"seen": mine["moves_made"], "note": "부족"},
        content_type="application/json",
    )

    assert (objected.status_code, objected.json()["state"], objected.json()["moves"]) == (
        200,
        "objected",
        ["accept"],
    )
    listed = client.get(f"/api/v1/rounds/{asked.json()['id']}/").json()
    assert (listed["state"], listed["counts"]) == ("open", False)


def test_pages_cost_the_same_however_many_components_and_rounds_there_are(client, cast, call):
    counts = []
    for extra in (0, 4):
        draft = factories.complete_proposal(cast, call, title=f"{extra}")
        for number in range(extra):
            ministry = (cast.motir, cast.mcst)[number % 2]
            factories.component(cast, draft, ministry, title=f"{number}")
        draft = PROPOSAL.perform("submit", draft, actor=cast["approver"])
        for review in draft.reviews.order_by("pk"):
            factories.answer(cast, review)
        for _round in range(1 + extra):
            made = factories.round_of(cast, fresh(draft))
        client.force_login(cast["coordinator"])
        addresses = (
            f"/proposals/{draft.pk}/coordination/",
            f"/proposals/{draft.pk}/rounds/new/",
            made.get_absolute_url(),
        )
        counts.append([queries(client, address) for address in addresses])

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("table", "change", "name"),
    [
        (Round, {"number": 1}, "round_number_once"),
        (Round, {"decided_by": "writer"}, "round_four_eyes"),
        (Round, {"state": "decided"}, "round_decided_has_a_decider"),
        (Round, {"due_on": date(2020, 1, 1)}, "round_is_due_after_it_is_written"),
        (Round, {"state": "open"}, "round_unsettled_once"),
        (
            Position,
            {"state": "objected", "decided_by": "writer"},
            "position_objection_has_a_reason",
        ),
        (Position, {"decided_by": "writer"}, "position_silence_is_nobodys"),
        (Position, {"state": "accepted"}, "position_silence_is_nobodys"),
        (ProposedLine, {"won": 7}, "append-only"),
        (Proposal, {"coordinated": "newest"}, "only a settled round of its own"),
    ],
)
def test_constraints_hold_by_name(cast, reviewed, table, change, name):
    factories.round_of(cast, reviewed)
    newest = factories.round_of(cast, reviewed)
    values = {"writer": cast["coordinator"], "newest": newest}
    change = {field: values.get(value, value) for field, value in change.items()}

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        update_at_once(table, change)


def update_at_once(table, change):
    """Update and check deferred constraints at once, as at the end of a transaction."""
    table.objects.update(**change)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_amounts_are_written_before_anybody_is_asked_and_once(cast, call, reviewed):
    made = factories.round_of(cast, reviewed)
    line = made.lines.first()
    alien = Component.objects.create(
        proposal=factories.proposal(cast, call), title="다른 것", ministry=cast.motir
    )
    too_late = ProposedLine(
        round=made, component=line.component, fiscal_year=2030, source="national"
    )
    too_late.won = 1
    unasked = Round(proposal=reviewed, number=9, revision=made.revision, written_by=made.written_by)
    unasked.due_on = made.due_on
    unasked.save()
    for row, name in (
        (too_late, "the parties have been asked"),
        (ProposedLine(round=unasked, component=alien, fiscal_year=2027, source="national", won=1), "its own proposal"),
        (ProposedLine(round=unasked, component=line.component, fiscal_year=2027, source="national", won=0), "proposed_line_is_positive"),
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            row.save()
    twice = {"round": unasked, "component": line.component, "fiscal_year": 2027, "won": 1}
    ProposedLine.objects.create(**twice, source="national")
    with pytest.raises(IntegrityError, match="proposed_line_once"), transaction.atomic():
        ProposedLine.objects.create(**twice, source="national")
    with pytest.raises(IntegrityError, match="position_once"), transaction.atomic():
        Position.objects.create(round=made, organisation=cast.motir)
