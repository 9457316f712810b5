from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from foundation.engine.workflow import NotNow
from foundation.models import Event
from projects.models import Call, Proposal
from projects.workflow import CALL, PROPOSAL
from tests import factories
from tests.together import at_once


def test_move_writes_state_and_event_together(cast, call):
    proposal = factories.complete_proposal(cast, call)

    moved = PROPOSAL.perform("submit", proposal, actor=cast["approver"], note="첫 제출")

    event = Event.objects.of(proposal).get(verb="submit")
    assert moved.state == "in_review"
    assert (event.before, event.after, event.note) == ("draft", "submitted", "첫 제출")
    assert (event.actor, event.organisation, event.role) == (
        cast["approver"],
        "gangwon-gangneung",
        "approver",
    )


def test_move_out_of_turn_is_refused_and_leaves_nothing(cast, call):
    proposal = factories.submitted(cast, call)
    before = Event.objects.count()

    with pytest.raises(NotNow):
        PROPOSAL.perform("submit", proposal, actor=cast["approver"])

    assert Event.objects.count() == before


def test_stranger_is_refused(cast, call):
    proposal = factories.complete_proposal(cast, call)

    with pytest.raises(PermissionDenied):
        PROPOSAL.perform("submit", proposal, actor=cast["hongseong_drafter"])


def test_person_cannot_make_a_move_of_the_system(cast, call):
    proposal = factories.submitted(cast, call)

    with pytest.raises(PermissionDenied):
        PROPOSAL.perform("conclude", proposal, actor=cast["coordinator"])


def test_system_cannot_make_a_move_of_a_person(cast, call):
    proposal = factories.complete_proposal(cast, call)

    with pytest.raises(PermissionDenied):
        PROPOSAL.perform("submit", proposal, actor=None)


def test_unknown_move_is_not_found(cast, call):
    with pytest.raises(Http404):
        CALL.perform("explode", call, actor=cast["coordinator"])


def test_failing_change_undoes_the_move(cast, call):
    proposal = factories.complete_proposal(cast, call)

    def fail(record):
        raise NotNow("no")

    with pytest.raises(NotNow):
        PROPOSAL.perform("revise", proposal, actor=cast["drafter"], change=fail)

    proposal.refresh_from_db()
    assert proposal.moves_made == 3


def test_old_page_is_refused(cast, call):
    proposal = factories.complete_proposal(cast, call)
    seen = proposal.moves_made
    factories.component(cast, proposal, cast.motir, title="하나 더")

    with pytest.raises(NotNow, match="바꾸|변경"):
        PROPOSAL.perform("submit", proposal, actor=cast["approver"], seen=seen)


def test_reason_is_required_if_the_move_needs_a_note(cast, call):
    with pytest.raises(NotNow):
        CALL.perform("close", call, actor=cast["coordinator"], note="  ")


def test_nobody_decides_what_they_prepared(cast, call):
    factories.hold(cast["drafter"], "approver", cast.gangneung)
    proposal = factories.complete_proposal(cast, call)

    with pytest.raises(PermissionDenied):
        PROPOSAL.perform("submit", proposal, actor=cast["drafter"])

    assert PROPOSAL["submit"] not in PROPOSAL.open_to(cast["drafter"], proposal)


def test_same_key_is_one_move(cast, call):
    proposal = factories.complete_proposal(cast, call)

    for _time in range(3):
        PROPOSAL.perform("revise", proposal, actor=cast["drafter"], key="k1", request="same")

    assert Event.objects.filter(verb="revise", key__endswith="k1").count() == 1


def test_key_used_for_something_else_is_refused(cast, call):
    proposal = factories.complete_proposal(cast, call)
    PROPOSAL.perform("revise", proposal, actor=cast["drafter"], key="k1", request="same")

    with pytest.raises(NotNow):
        PROPOSAL.perform("revise", proposal, actor=cast["drafter"], key="k1", request="other")


def test_key_of_another_person_is_another_key(cast, call):
    other = factories.person("second", ("drafter", cast.gangneung))
    proposal = factories.complete_proposal(cast, call)

    PROPOSAL.perform("revise", proposal, actor=cast["drafter"], key="k1")
    PROPOSAL.perform("revise", proposal, actor=other, key="k1")

    assert Event.objects.filter(key__endswith=":k1").count() == 2


def test_unsaved_record_is_written_by_its_first_move(cast, call):
    assert Call.objects.get().state == "open"
    assert Proposal(call=call).state == ""


@pytest.mark.django_db(transaction=True)
def test_same_key_on_two_records_at_the_same_instant_is_one_move(cast, call):
    files = [factories.complete_proposal(cast, call, title=str(n)) for n in range(2)]
    acts = [
        partial(PROPOSAL.perform, "revise", row, actor=cast["drafter"], key="k") for row in files
    ]

    outcomes = at_once(*acts)

    assert sum(isinstance(outcome, NotNow) for outcome in outcomes) == 1
    assert Event.objects.filter(key__endswith=":k").count() == 1
