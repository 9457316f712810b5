"""After selection: changing the lead ministry, promoting the next proposal in reserve."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from agreements import workflow as agreements
from foundation.engine.workflow import NotNow
from projects.models import Proposal
from projects.workflow import PROPOSAL
from reminders.work.my_work import work_of
from tests import factories

from ..proposals.test_submission import reserve


def fresh(proposal):
    return Proposal.objects.get(pk=proposal.pk)


def change_lead(client, cast, proposal, **data):
    client.force_login(cast["coordinator"])
    return client.post(f"/proposals/{proposal.pk}/moves/change_lead/", data)


# --- lead ministry ---


def test_lead_ministry_changes_by_a_recorded_decision(client, cast, call):
    proposal = factories.selected(cast, call)

    no_reason = change_lead(client, cast, proposal, lead_ministry="MCST")
    assert no_reason.status_code == 422
    sent = change_lead(client, cast, proposal, lead_ministry="MCST", note="사업 성격의 변경")

    assert sent.status_code == 302
    assert (fresh(proposal).lead_ministry, fresh(proposal).state) == (cast.mcst, "selected")


def test_lead_ministry_does_not_change_to_itself_or_a_stranger(client, cast, call):
    proposal = factories.selected(cast, call)

    for ministry in ("MOTIR", "MOE"):
        sent = change_lead(client, cast, proposal, lead_ministry=ministry, note="사유")
        assert sent.status_code == 422


def test_form_shows_how_the_shares_differ(client, cast, call):
    proposal = factories.submitted(cast, call)
    less = {(2027, "national"): 1_000_000}
    factories.answer(cast, proposal.reviews.get(ministry="MOTIR"), "changed", amounts=less)
    factories.answer(cast, proposal.reviews.get(ministry="MCST"))

    given = {"lead_ministry": cast.motir, "note": "사업의 중심이다."}
    PROPOSAL.perform("select", fresh(proposal), actor=cast["coordinator"], **given)
    client.force_login(cast["coordinator"])

    page = client.get(f"/proposals/{proposal.pk}/moves/change_lead/").content.decode()

    for words in ("1,000,000원", "3,000,000원", "2,000,000원"):
        assert words in page


def test_share_of_an_earlier_revision_does_not_count(client, cast, call):
    proposal = factories.submitted(cast, call)
    much = {(2027, "national"): 9_000_000_000}
    factories.answer(cast, proposal.reviews.get(ministry="MOTIR"), "changed", amounts=much)
    PROPOSAL.perform("return", fresh(proposal), actor=cast["coordinator"], note="보완")
    again = PROPOSAL.perform("submit", fresh(proposal), actor=cast["approver"])
    newest = again.reviews.filter(revision=again.revisions.latest("number"))
    little = {(2027, "national"): 1}
    factories.answer(cast, newest.get(ministry="MOTIR"), "changed", amounts=little)
    factories.answer(cast, newest.get(ministry="MCST"))
    client.force_login(cast["coordinator"])

    sent = client.post(f"/proposals/{again.pk}/moves/select/", {"lead_ministry": "MCST"})

    assert sent.status_code == 302


def test_lead_ministry_is_fixed_once_the_agreement_is_drafted(client, cast, call):
    proposal = factories.selected(cast, call)
    agreements.draft(proposal, actor=cast["coordinator"])

    assert change_lead(client, cast, proposal, lead_ministry="MCST", note="사유").status_code == 409


def test_only_a_coordinator_changes_the_lead(cast, call):
    proposal = factories.selected(cast, call)

    for who in ("motir_approver", "approver", "budget"):
        with pytest.raises(PermissionDenied):
            PROPOSAL.perform("change_lead", proposal, actor=cast[who], note="사유")


# --- the reserve ---


@pytest.fixture
def queue(cast, call):
    """One selected, and three in reserve at the places 2, 1 and 3."""
    chosen = factories.selected(cast, call, title="선정")
    reserves = {
        place: reserve(cast, factories.reviewed(cast, call, title=f"예비 {place}"), place)
        for place in (2, 1, 3)
    }
    return chosen, reserves


def withdraw(cast, proposal):
    return PROPOSAL.perform("withdraw", proposal, actor=cast["approver"], note="의회 부결")


def promote(cast, proposal):
    return PROPOSAL.perform(
        "promote", proposal, actor=cast["coordinator"], note="1순위 철회", lead_ministry=cast.motir
    )


def promotable(cast):
    groups, _more = work_of(cast["coordinator"], date(2026, 11, 24))
    items = [item for items in groups.values() for item in items]
    return [item.record.title for item in items if item.kind.name == "promote"]


def test_nobody_is_next_while_no_place_is_free(cast, queue):
    assert promotable(cast) == []


def test_first_of_the_reserve_is_next_when_a_selected_one_withdraws(client, cast, queue):
    chosen, reserves = queue
    withdraw(cast, chosen)

    assert promotable(cast) == ["예비 1"]
    client.force_login(cast["coordinator"])
    assert "다음 순위" in client.get(reserves[1].get_absolute_url()).content.decode()
    assert "예비 1" in client.get(chosen.get_absolute_url()).content.decode()
    assert "다음 순위" not in client.get(reserves[2].get_absolute_url()).content.decode()


def test_promoted_proposal_takes_the_free_place(cast, queue):
    chosen, reserves = queue
    withdraw(cast, chosen)

    promoted = promote(cast, reserves[1])

    assert promoted.replaces_id == chosen.pk
    assert promotable(cast) == []
    withdraw(cast, promoted)
    assert promotable(cast) == ["예비 2"]


def test_withdrawing_from_the_reserve_frees_no_place(cast, queue):
    _chosen, reserves = queue

    withdraw(cast, reserves[1])

    assert promotable(cast) == []


def test_reserve_of_another_call_is_not_next(cast, call, queue):
    other = factories.selected(cast, factories.call(cast, title_ko="다른 공모"), title="다른 선정")

    withdraw(cast, other)

    assert promotable(cast) == []


def test_place_is_taken_once(cast, queue):
    chosen, reserves = queue
    withdraw(cast, chosen)
    promote(cast, reserves[1])

    with pytest.raises(IntegrityError, match="replaces"), transaction.atomic():
        Proposal.objects.filter(pk=reserves[2].pk).update(replaces=chosen)


def test_more_may_be_promoted_than_withdrew(cast, queue):
    _chosen, reserves = queue

    promoted = promote(cast, reserves[1])

    assert (promoted.state, promoted.replaces) == ("selected", None)
    with pytest.raises(NotNow):
        promote(cast, promoted)


def test_move_asks_for_the_reason_of_another_lead_ministry(cast, call):
    proposal = factories.submitted(cast, call)
    less = {(2027, "national"): 1_000_000}
    factories.answer(cast, proposal.reviews.get(ministry="MOTIR"), "changed", amounts=less)
    factories.answer(cast, proposal.reviews.get(ministry="MCST"))
    select = {"actor": cast["coordinator"], "lead_ministry": cast.motir}

    with pytest.raises(NotNow, match="사유"):
        PROPOSAL.perform("select", fresh(proposal), **select)
    assert fresh(proposal).state == "reviewed"
    assert (
        PROPOSAL.perform("select", fresh(proposal), note="중심 사업", **select).state == "selected"
    )
