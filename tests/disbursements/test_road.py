"""Further moves of a year: figures, lapse, revoked grants, carry-over, pot, settlement."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.utils import translation

from disbursements.ledger import writers as ledger
from disbursements.models import Appropriation
from foundation.engine.workflow import NotNow
from tests import factories

from . import acts
from .ledger.test_models import breaks


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def everything_holds(db):
    """After each test, every total and the whole history must be right."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    call_command("check_ledger", verbosity=0)
    call_command("verify_history", verbosity=0)


@pytest.fixture
def spent(cast, voted):
    """A million is voted, 600,000 is paid, 450,000 is executed."""
    acts.pay(cast, acts.granted(cast, voted, 600_000), 600_000)
    return acts.execute(cast, voted, 450_000)


@pytest.mark.parametrize("stage", ["requested", "bill", "provisional", "final"])
def test_new_figure_replaces_the_old_and_both_stay_in_the_ledger(cast, line, stage):
    acts.write(cast, line, "record", 900_000, stage=stage)
    acts.write(cast, line, "record", 0, stage=stage)

    assert acts.totals(line, stage) == (0,)
    written = line.entries.filter(stage=stage).order_by("pk").values_list("won", flat=True)
    assert list(written) == [900_000, 0, -900_000]


def test_contracted_is_apart_from_paid(cast, line):
    acts.write(cast, line, "contract", 800_000, actor="finance")

    assert acts.totals(line, "contracted", "paid", "executed") == (800_000, 0, 0)


def test_revoked_rest_of_a_grant_can_be_granted_again(cast, voted):
    tranche = acts.pay(cast, acts.granted(cast, voted, 600_000), 200_000)

    tranche = acts.revoke(cast, tranche)

    assert (tranche.state, tranche.granted) == ("paid", 200_000)
    assert acts.totals(voted, "granted", "revoked", "in_appropriation") == (
        200_000,
        400_000,
        800_000,
    )


def test_grant_of_which_nothing_was_paid_is_revoked_whole(cast, voted):
    tranche = acts.revoke(cast, acts.granted(cast, voted, 600_000))

    assert (tranche.state, ledger.requestable(voted)) == ("revoked", 1_000_000)


def test_no_more_lapses_than_is_neither_granted_nor_spent(cast, spent):
    with pytest.raises(NotNow, match="Between 1 and 400,000 won can lapse"):
        acts.write(cast, spent, "lapse", 400_001)

    acts.write(cast, spent, "lapse", 400_000)
    assert acts.totals(spent, "lapsed", "in_appropriation") == (400_000, 0)


@pytest.mark.parametrize(("account", "won"), [("appropriation", 400_000), ("treasury", 150_000)])
def test_carry_over_leaves_one_year_and_enters_the_next(cast, spent, account, won):
    acts.carried(cast, spent, won, account=account)

    following = acts.line(year=2028)
    assert acts.totals(spent, "carried_out", f"in_{account}") == (won, 0)
    assert acts.totals(following, "carried_in", f"in_{account}") == (won, won)


def test_carry_over_beyond_what_is_there_is_refused(cast, spent):
    with pytest.raises(NotNow, match="Between 1 and 150,000 won can be carried over"):
        acts.carried(cast, spent, 150_001, account="treasury")


def test_carry_over_out_of_the_last_year_opens_a_line_with_nothing_agreed(cast, version):
    line = acts.line(year=2029)
    acts.vote(cast, line, 10)

    acts.carried(cast, line, 10)

    following = Appropriation.objects.get(
        component=line.component, source=line.source, fiscal_year=2030
    )
    assert acts.totals(following, "agreed", "carried_in") == (0, 10)
    assert following.state == "open"


def test_what_came_in_by_accident_does_not_go_out_by_accident(cast, voted):
    acts.carried(cast, voted, 300_000, kind="accident")
    following = acts.line(year=2028)

    with pytest.raises(NotNow, match="At most 0 won can be carried over by accident"):
        acts.carried(cast, following, 1, kind="accident")
    acts.carried(cast, following, 300_000, kind="continuing")


def test_nobody_decides_the_carry_over_they_requested(cast, voted):
    cast["both"] = factories.person("both", ("finance", cast.gangneung), ("finance", cast.motir))

    with pytest.raises(PermissionDenied):
        acts.carried(cast, voted, 10, actor="both", decider="both")
    carry = acts.carry(cast, voted, 10)
    with breaks("carry_over_decider_is_not_requester"):
        type(carry).objects.filter(pk=carry.pk).update(decided_by=cast["finance"])
    with breaks("carry_over_moves_something"):
        type(carry).objects.filter(pk=carry.pk).update(won=0)
    with breaks("carry_over_explicit_is_approved"):
        type(carry).objects.filter(pk=carry.pk).update(approval="")
    with breaks("carry_over_is_decided_by_somebody"):
        type(carry).objects.filter(pk=carry.pk).update(state="approved")


def test_money_of_a_line_that_an_amendment_closes_waits_in_the_pot(cast, call):
    base = factories.in_force(cast, call)
    gone, other = acts.line(year=2028), acts.line(year=2029)
    acts.vote(cast, gone, 700_000)
    changes = {("MOTIR", 2028, "national"): 0, ("MOTIR", 2029, "national"): 1_500_000}

    factories.concluded(cast, factories.change(cast, factories.next_version(cast, base), changes))
    assert acts.totals(gone, "pooled", "in_appropriation") == (700_000, 0)
    with pytest.raises(NotNow, match="Between 1 and 700,000 won can be drawn"):
        acts.write(cast, other, "draw", 700_001)
    acts.write(cast, other, "draw", 700_000)

    assert ledger.pot_of(base.agreement) == 0
    assert acts.totals(other, "drawn", "in_appropriation") == (700_000, 700_000)


def test_line_that_is_promised_again_draws_what_it_put_into_the_pot(cast, call):
    version = factories.in_force(cast, call)
    line = acts.vote(cast, acts.line(year=2028), 700_000)
    for won in (0, 500_000):
        version = factories.next_version(cast, version)
        change = {("MOTIR", 2028, "national"): won}
        version = factories.concluded(cast, factories.change(cast, version, change))

    with pytest.raises(NotNow, match="Between 1 and 500,000 won can be drawn"):
        acts.write(cast, line, "draw", 500_001)
    acts.write(cast, line, "draw", 500_000)

    assert ledger.balance_of(line).gap == 0


def test_settlement_returns_what_is_left_with_its_interest(cast, spent):
    settlement = acts.report(cast, spent, interest=1_234)
    settlement = acts.settle(cast, settlement, "accept")
    assert (settlement.state, settlement.unspent) == ("accepted", 150_000)
    with pytest.raises(NotNow, match="settlement is accepted"):
        acts.execute(cast, spent, 1)

    settlement = acts.settle(cast, settlement, "receive")

    assert settlement.state == "settled"
    assert acts.totals(spent, "interest", "returned", "in_treasury") == (1_234, 151_234, 0)


def test_settlement_with_nothing_left_is_settled_when_accepted(cast, spent):
    acts.execute(cast, spent, 150_000)

    assert acts.settle(cast, acts.report(cast, spent), "accept").state == "settled"


def test_settlement_is_sent_back_when_the_ledger_has_moved(cast, spent):
    settlement = acts.report(cast, spent)
    acts.execute(cast, spent, 1)

    with pytest.raises(NotNow, match="moved since the report"):
        acts.settle(cast, settlement, "accept")
    settlement = acts.settle(cast, settlement, "send_back", note="집행액이 바뀌었다.")
    assert settlement.state == "sent_back"


def test_nobody_accepts_the_settlement_they_reported(cast, spent):
    settlement = acts.report(cast, spent)

    rows = type(settlement).objects.filter(pk=settlement.pk)
    with breaks("settlement_accepter_is_not_reporter"):
        rows.update(accepted_by=cast["finance"])
    with breaks("settlement_not_below_zero"):
        rows.update(interest=-1)
    with breaks("settlement_is_accepted_by_somebody"):
        rows.update(state="accepted")


def test_year_closes_when_everything_is_spent_carried_lapsed_or_returned(cast, spent):
    with pytest.raises(NotNow, match="400,000 won are voted and not granted"):
        acts.close_year(cast, spent)
    acts.carried(cast, spent, 400_000)
    with pytest.raises(NotNow, match="150,000 won are paid and not spent"):
        acts.close_year(cast, spent)
    settlement = acts.settle(cast, acts.report(cast, spent), "accept")
    with pytest.raises(NotNow, match="is open. Finish it"):
        acts.close_year(cast, spent)
    acts.settle(cast, settlement, "receive")

    assert acts.close_year(cast, spent).state == "settled"
    balance = ledger.balance_of(spent)
    ended = balance.executed + balance.carried_out + balance.lapsed + balance.returned
    assert ended == balance.voted == 1_000_000


@pytest.fixture
def closed(cast, call):
    """The lines of 2028, national and municipal, closed by an amendment while money is on them."""
    base = factories.in_force(cast, call)
    lines = {source: acts.line(source=source, year=2028) for source in ("national", "municipal")}
    acts.vote(cast, lines["municipal"], 500_000, actor="finance")
    changes = {("MOTIR", 2028, source): 0 for source in lines}
    factories.concluded(cast, factories.change(cast, factories.next_version(cast, base), changes))
    for line in lines.values():
        line.refresh_from_db()
        assert line.state == "closed"
    return lines


def test_money_carried_into_a_closed_line_opens_it_to_be_spent(cast, closed):
    acts.carried(cast, acts.vote(cast, acts.line(), 100), 100)

    line = closed["national"]
    acts.pay(cast, acts.granted(cast, line, 100), 100)
    acts.execute(cast, line, 100)
    assert acts.close_year(cast, line).state == "settled"


def test_local_money_of_a_closed_line_lapses_and_its_year_closes(cast, closed):
    line = closed["municipal"]

    acts.write(cast, line, "lapse", 500_000, actor="finance")

    assert acts.close_year(cast, line, actor="finance").state == "settled"


def test_treasury_stays_as_settled_once_the_settlement_is_accepted(cast, spent):
    into = acts.carry(cast, spent, 10, account="treasury")
    acts.settle(cast, acts.report(cast, spent), "accept")

    for act in (
        lambda: acts.correct(cast, spent, spent.entries.get(stage="executed"), actor="finance"),
        lambda: acts.decide(cast, into),
        lambda: acts.request(cast, spent, 10),
        lambda: acts.execute(cast, spent, 10),
    ):
        with pytest.raises(NotNow, match="settlement is accepted"):
            act()
    for stage in ("executed", "carried_out"):
        with breaks("entry_keeps_what_is_settled"):
            kind = "explicit" if stage == "carried_out" else ""
            ledger.add(spent, stage, 1, on=acts.DAY, carry_kind=kind, account="treasury")


def test_nothing_is_carried_into_a_year_whose_settlement_is_accepted(cast, spent):
    acts.settle(cast, acts.report(cast, acts.line(year=2028)), "accept")

    with pytest.raises(NotNow, match="settlement is accepted"):
        acts.carried(cast, spent, 10, account="treasury")
    acts.carried(cast, spent, 10, account="appropriation")


def test_settlement_is_not_accepted_while_a_tranche_is_under_way(cast, spent):
    settlement = acts.report(cast, spent)
    acts.request(cast, spent, 10)

    with pytest.raises(NotNow, match="is open. Pay, refuse or revoke it first"):
        acts.settle(cast, settlement, "accept")


def test_closed_year_is_not_settled_any_more(cast, line):
    acts.close_year(cast, line)

    with pytest.raises(NotNow, match="The year is closed"):
        acts.report(cast, line)
