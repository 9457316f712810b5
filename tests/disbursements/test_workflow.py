"""The workflow tables of money, written out by hand and compared."""

from contextlib import suppress

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from disbursements.models import Appropriation, Tranche
from disbursements.workflow import APPROPRIATION, CARRY_OVER, GAP_RESOLUTION, SETTLEMENT, TRANCHE
from foundation.engine.workflow import NEW, STAYS, NotNow
from tests import factories

from . import acts

LINE_TABLE = {
    # move: (from, to, permission)
    "open": ({NEW}, "open", None),
    "vote": ({"open"}, STAYS, "disbursements.record_vote"),
    "execute": ({"open"}, STAYS, "disbursements.report_execution"),
    "apply": ({"open"}, STAYS, "disbursements.report_execution"),
    "record": ({"open"}, STAYS, "disbursements.record_vote"),
    "contract": ({"open"}, STAYS, "disbursements.report_execution"),
    "draw": ({"open"}, STAYS, "disbursements.record_vote"),
    "lapse": ({"open", "closed"}, STAYS, "disbursements.record_vote"),
    "close_year": ({"open", "closed"}, "settled", "disbursements.record_vote"),
    "carry_out": ({"open"}, STAYS, None),
    "carry_in": ({"open", "closed"}, "open", None),
    "earn": ({"open", "closed"}, STAYS, None),
    "give_back": ({"open", "closed"}, STAYS, None),
    "mend_vote": ({"open"}, STAYS, "disbursements.record_vote"),
    "mend_execution": ({"open"}, STAYS, "disbursements.report_execution"),
    "rebase": ({"open", "settled"}, STAYS, None),
    "close": ({"open"}, "closed", None),
    "reopen": ({"closed"}, "open", None),
}
TRANCHE_TABLE = {
    "request": ({NEW}, "requested", "disbursements.request_tranche"),
    "grant": ({"requested"}, "granted", "disbursements.grant_tranche"),
    "refuse": ({"requested"}, "refused", "disbursements.grant_tranche"),
    "pay": ({"granted"}, STAYS, "disbursements.pay_tranche"),
    "revoke": ({"granted"}, STAYS, "disbursements.grant_tranche"),
    "redate": ({"requested", "granted"}, STAYS, "disbursements.grant_tranche"),
    "complete": ({"granted"}, "paid", None),
    "void": ({"granted"}, "revoked", None),
}
CARRY_TABLE = {
    "request": ({NEW}, "requested", "disbursements.request_carry_over"),
    "approve": ({"requested"}, "approved", "disbursements.decide_carry_over"),
    "refuse": ({"requested"}, "refused", "disbursements.decide_carry_over"),
}
SETTLEMENT_TABLE = {
    "report": ({NEW, "sent_back"}, "reported", "disbursements.report_settlement"),
    "send_back": ({"reported"}, "sent_back", "disbursements.accept_settlement"),
    "accept": ({"reported"}, "accepted", "disbursements.accept_settlement"),
    "receive": ({"accepted"}, "settled", "disbursements.accept_settlement"),
    "settle": ({"accepted"}, "settled", None),
}
GAP_TABLE = {
    "propose": ({NEW}, "proposed", "disbursements.resolve_gap"),
    "accept": ({"proposed"}, "accepted", "disbursements.accept_gap"),
    "refuse": ({"proposed"}, "refused", "disbursements.accept_gap"),
    "withdraw": ({"proposed"}, "withdrawn", "disbursements.resolve_gap"),
}
MAY = {
    "disbursements.view_appropriation": "drafter approver finance province_approver "
    "motir_reviewer motir_approver motir_finance motir_payer "
    "mcst_reviewer mcst_approver mcst_finance mcst_payer coordinator second_coordinator budget auditor",
    "disbursements.record_vote": "motir_finance motir_payer",
    "disbursements.report_execution": "finance",
    "disbursements.request_tranche": "finance",
    "disbursements.grant_tranche": "motir_finance motir_payer",
    "disbursements.pay_tranche": "motir_finance motir_payer",
}
MAY["disbursements.view_tranche"] = MAY["disbursements.view_appropriation"]


@pytest.mark.parametrize(
    ("workflow", "table"),
    [
        (APPROPRIATION, LINE_TABLE),
        (TRANCHE, TRANCHE_TABLE),
        (CARRY_OVER, CARRY_TABLE),
        (SETTLEMENT, SETTLEMENT_TABLE),
        (GAP_RESOLUTION, GAP_TABLE),
    ],
)
def test_table_is_as_written_here(workflow, table):
    moves = workflow.moves.values()

    assert {m.name: (m.source, m.target, m.permission) for m in moves} == table


def test_every_move_of_money_needs_a_key_and_every_undoing_a_reason():
    tables = (APPROPRIATION, TRANCHE, CARRY_OVER, SETTLEMENT)
    moves = [move for table in tables for move in table.moves.values()]

    with_key = {move.name for move in moves if move.needs_key}
    with_note = {move.name for move in moves if move.needs_note}

    money = {"vote", "execute", "mend_vote", "mend_execution", "request", "grant", "pay"}
    money |= {
        "apply",
        "record",
        "contract",
        "draw",
        "lapse",
        "revoke",
        "approve",
        "accept",
        "receive",
    }
    assert with_key == money
    undoing = {"mend_vote", "mend_execution", "refuse", "revoke", "lapse", "send_back"}
    assert with_note == undoing | {"redate"}


@pytest.fixture
def tranches(cast, voted):
    """One tranche in each state."""
    rows = {
        "requested": acts.request(cast, voted, 10),
        "granted": acts.granted(cast, voted, 10),
        "refused": acts.refuse(cast, acts.request(cast, voted, 10)),
        "paid": acts.pay(cast, acts.granted(cast, voted, 10), 10),
    }
    for tranche in rows.values():
        tranche.refresh_from_db()
    assert {state: row.state for state, row in rows.items()} == {state: state for state in rows}
    return rows


ACTS = {
    "grant": lambda cast, row: acts.grant(cast, row, 10),
    "refuse": acts.refuse,
    "pay": lambda cast, row: acts.pay(cast, row, 10),
}


def test_tranche_moves_from_each_state_as_the_table_says(cast, tranches):
    possible = set()
    for state, tranche in tranches.items():
        for move, act in ACTS.items():
            with acts.undone(), suppress(NotNow):
                act(cast, tranche)
                possible.add((move, state))

    assert possible == {("grant", "requested"), ("refuse", "requested"), ("pay", "granted")}


def test_buttons_are_the_table(cast, tranches):
    shown = {
        state: {name for name in cast for move in TRANCHE.open_to(cast[name], row)}
        for state, row in tranches.items()
    }

    assert shown == {
        "requested": {"motir_finance", "motir_payer"},
        "granted": {"motir_finance", "motir_payer"},  # the granter revokes, the payer pays
        "refused": set(),
        "paid": set(),
    }


def test_permission_table(cast, tranches):
    tranche = tranches["requested"]

    for permission, who in MAY.items():
        record = tranche if "tranche" in permission else tranche.appropriation
        may = {name for name in cast if cast[name].has_perm(permission, record)}
        assert may == set(who.split()), permission


def test_visible_to_is_the_twin_of_the_permission(cast, tranches):
    others = [acts.line("MCST"), acts.line(source="municipal"), acts.line(source="provincial")]
    for model, rows in ((Appropriation, others), (Tranche, tranches.values())):
        permission = model.view_permission
        for row in rows:
            seen = {n for n in cast if model.objects.visible_to(cast[n]).filter(pk=row.pk).exists()}
            assert seen == {n for n in cast if cast[n].has_perm(permission, row)}, row


def test_only_the_payer_of_the_line_records_a_vote(cast, line):
    recorded = set()
    for name in cast:
        with suppress(PermissionDenied):
            acts.vote(cast, line, 10, actor=name)
            recorded.add(name)

    assert recorded == {"motir_finance", "motir_payer"}


@pytest.fixture
def everywhere(cast):
    """A finance officer of both sides, as small places have them."""
    cast["everywhere"] = factories.person(
        "everywhere", ("finance", cast.gangneung), ("finance", cast.motir)
    )
    return "everywhere"


def test_nobody_grants_or_refuses_what_they_requested(cast, voted, everywhere):
    tranche = acts.request(cast, voted, 10, actor=everywhere)

    with pytest.raises(PermissionDenied):
        acts.grant(cast, tranche, 10, actor=everywhere)
    with pytest.raises(PermissionDenied):
        acts.refuse(cast, tranche, actor=everywhere)


def test_nobody_pays_what_they_requested(cast, voted, everywhere):
    tranche = acts.grant(cast, acts.request(cast, voted, 10, actor=everywhere), 10)

    with pytest.raises(PermissionDenied):
        acts.pay(cast, tranche, 10, actor=everywhere)


def test_nobody_pays_what_they_granted(cast, voted):
    with pytest.raises(PermissionDenied):
        acts.pay(cast, acts.granted(cast, voted, 10), 10, actor="motir_finance")


def test_three_people_are_remembered(cast, tranches):
    tranche = tranches["paid"]

    three = (tranche.requested_by, tranche.granted_by, tranche.paid_by)
    assert three == (cast["finance"], cast["motir_finance"], cast["motir_payer"])


@pytest.mark.parametrize("source", ["provincial", "municipal"])
def test_local_funds_have_no_tranches(cast, version, source):
    line = acts.line(source=source)
    payer = {"provincial": "province_finance", "municipal": "finance"}[source]
    cast["province_finance"] = factories.person("province_finance", ("finance", cast.gangwon))
    acts.vote(cast, line, 10, actor=payer)

    with pytest.raises(NotNow):
        acts.request(cast, line, 10)


def test_money_needs_a_key(cast, voted):
    tranche = acts.granted(cast, voted, 10)

    with pytest.raises(NotNow):
        TRANCHE.perform("pay", tranche, actor=cast["motir_payer"])


def test_key_sent_twice_counts_once(cast, voted):
    tranche = acts.granted(cast, voted, 10)

    acts.pay(cast, tranche, 4, key="once")
    again = acts.pay(cast, tranche, 4, key="once")

    assert (again.pk, again.paid) == (tranche.pk, 4)
    assert acts.totals(voted, "paid") == (4,)


def test_history_of_money_holds(cast, tranches):
    call_command("verify_history")
