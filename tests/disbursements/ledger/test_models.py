"""Every constraint of the money, broken once, by name."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from disbursements.models import Appropriation, Balance, Entry, Pot, Stage, Tranche, road_of
from tests.disbursements import acts

USES = ("executed", "carried_out", "lapsed", "returned")


def entry(line, stage, won, **more):
    leaves, enters = road_of(stage, national=line.is_national)
    facts = {"leaves": leaves, "enters": enters, "as_of": acts.DAY} | more
    return Entry.objects.create(appropriation=line, stage=stage, won=won, **facts)


@contextmanager
def breaks(name):
    """Assert that the block breaks this constraint; the test's transaction stays usable."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        yield
    assert error.value.__cause__.diag.constraint_name == name


def balance_set(line, **values):
    """Write totals without the triggers; the remaining money is put into the treasury."""
    came = sum(values.get(name, 0) for name in ("voted", "drawn", "carried_in", "interest"))
    ended = sum(values.get(name, 0) for name in (*USES, "pooled"))
    values = {"in_treasury": came - ended} | values
    with acts.without_triggers():
        Balance.objects.filter(pk=line.pk).update(**values)


def test_no_total_is_below_zero(version):
    line = acts.line(source="municipal")
    balance_set(line, voted=10, carried_in=10)

    for stage in Stage:
        with breaks("balance_nothing_below_zero"):
            balance_set(line, **{stage.value: -1})


def test_national_balance_is_in_order(line):
    with breaks("balance_granted_within_voted"):
        balance_set(line, voted=5, carried_in=5, granted=11)
    with breaks("balance_paid_within_granted"):
        balance_set(line, voted=10, granted=10, paid=11)
    balance_set(line, voted=9, granted=9, paid=8, executed=8)
    for used in ("executed", "returned"):
        with breaks("balance_national_used_within_paid"):
            balance_set(line, **{used: 9})


def test_local_funds_are_used_within_what_was_voted(version):
    line = acts.line(source="municipal")
    balance_set(line, voted=5, carried_in=5, executed=7, carried_out=1, lapsed=1, returned=1)

    for used in USES:
        with breaks("balance_local_used_within_voted"):
            balance_set(line, **{used: 8})


def test_accounts_of_a_line_are_not_below_zero_and_sum_to_zero(line):
    with breaks("balance_stages_not_below_zero"):
        balance_set(line, voted=5, in_appropriation=-1, in_treasury=6)
    with breaks("balance_sums_to_zero"):
        balance_set(line, voted=5, in_treasury=6)


def test_what_came_by_accident_does_not_go_by_accident(line):
    balance_set(line, voted=5, carried_in=5, accident_in=5, carried_out=5, accident_out=5)

    with breaks("balance_accident_carried_once"):
        balance_set(line, voted=5, carried_in=5, accident_in=5, carried_out=6, accident_out=6)


def test_pot_is_not_below_zero(line):
    with acts.without_triggers(), breaks("pot_not_below_zero"):
        Pot.objects.create(agreement=line.agreement, won=-1)


@pytest.mark.parametrize(
    ("stage", "leaves", "enters"),
    [
        ("executed", "appropriation", "executed"),
        ("lapsed", "grant", "lapsed"),
        ("voted", "outside", "outside"),
        ("interest", "outside", "grant"),
    ],
)
def test_money_takes_a_known_road(voted, stage, leaves, enters):
    with breaks("entry_takes_a_known_road"):
        entry(voted, stage, 1, leaves=leaves, enters=enters)


def test_money_takes_the_road_of_its_source(voted):
    local = acts.line(source="municipal")

    for line, way in (
        (voted, {"stage": "voted", "leaves": "outside", "enters": "treasury"}),
        (voted, {"stage": "lapsed", "leaves": "treasury", "enters": "lapsed"}),
        (local, {"stage": "voted", "leaves": "outside", "enters": "appropriation"}),
        (local, {"stage": "lapsed", "leaves": "appropriation", "enters": "lapsed"}),
    ):
        with breaks("entry_takes_the_road_of_its_source"):
            entry(line, won=1, **way)


def test_carry_names_its_kind_and_nothing_else_does(voted):
    with breaks("entry_of_a_carry_names_its_kind"):
        entry(voted, "carried_out", 1)
    with breaks("entry_of_a_carry_names_its_kind"):
        entry(voted, "voted", 1, carry_kind="accident")


def test_what_is_carried_in_names_its_twin_of_the_year_before(voted):
    following, other = acts.line(year=2028), acts.line("MCST", year=2028)
    way = {"leaves": "carried", "enters": "appropriation", "carry_kind": "explicit"}
    with breaks("entry_carried_in_has_a_twin"):
        entry(following, "carried_in", 5, **way)

    out = entry(voted, "carried_out", 5, carry_kind="explicit")
    for line, won in ((other, 5), (following, 4), (acts.line(year=2029), 5)):
        with breaks("entry_twin_fits"):
            entry(line, "carried_in", won, twin=out, **way)
    entry(following, "carried_in", 5, twin=out, **way)


def test_what_is_carried_out_comes_in(voted):
    with breaks("entry_carried_out_comes_in"), connection.cursor() as cursor:
        entry(voted, "carried_out", 5, carry_kind="explicit")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_key_counts_once(voted):
    entry(voted, "voted", 1, key="once")

    with breaks("entry_key_once"):
        entry(voted, "voted", 1, key="once")


def test_line_exists_once(line):
    line.pk, line._state.adding = None, True

    with breaks("appropriation_once"):
        line.save()


def test_entry_moves_something(line):
    with breaks("entry_moves_something"):
        entry(line, "lapsed", 0)


def test_entry_below_zero_corrects_another(line):
    with breaks("entry_below_zero_mends"):
        entry(line, "voted", -1)


def test_entry_names_its_tranche(voted):
    for stage in ("granted", "paid"):
        with breaks("entry_names_its_tranche"):
            entry(voted, stage, 1)


def test_entry_names_a_tranche_of_its_own_line(cast, voted):
    other = acts.line("MCST")
    acts.vote(cast, other, 10, actor="mcst_finance")
    tranche = acts.request(cast, voted, 10)

    with breaks("entry_tranche_is_of_its_line"):
        entry(other, "granted", 10, tranche=tranche)


def test_entry_is_corrected_once(voted):
    first = voted.entries.get(stage="voted")
    entry(voted, "voted", -1_000_000, mends=first)
    entry(voted, "voted", 1_000_000)

    with breaks("disbursements_entry_mends_id_key"):
        entry(voted, "voted", -1_000_000, mends=first)


def test_entry_is_corrected_by_its_exact_opposite_in_its_own_line(voted):
    first, other = voted.entries.get(stage="voted"), acts.line("MCST")

    for line, stage, won in (
        (voted, "voted", -999_999),
        (voted, "voted", 1_000_000),
        (voted, "agreed", -1_000_000),
        (other, "voted", -1_000_000),
    ):
        with breaks("entry_mends_exactly"):
            entry(line, stage, won, mends=first)


def test_entry_is_corrected_in_its_own_tranche(cast, voted):
    tranche, other = acts.granted(cast, voted, 10), acts.granted(cast, voted, 10)

    with breaks("entry_mends_exactly"):
        entry(voted, "granted", -10, tranche=other, mends=tranche.entries.get())


def test_correction_is_not_corrected(voted):
    first = voted.entries.get(stage="voted")
    correction = entry(voted, "voted", -1_000_000, mends=first)

    with breaks("entry_mends_exactly"):
        entry(voted, "voted", 1_000_000, mends=correction)


def test_tranche_number_exists_once(cast, voted):
    first = acts.request(cast, voted, 10)
    second = acts.request(cast, voted, 10)

    with breaks("tranche_number_once"):
        Tranche.objects.filter(pk=second.pk).update(number=first.number)


def test_amounts_of_a_tranche_are_in_order(cast, voted):
    tranche = acts.granted(cast, voted, 10)

    for values in ({"asked": 9}, {"granted": 11}, {"paid": 11}, {"paid": -1}):
        with breaks("tranche_amounts_in_order"), acts.without_triggers():
            Tranche.objects.filter(pk=tranche.pk).update(**values)


def test_nobody_grants_what_they_requested(cast, voted):
    tranche = acts.request(cast, voted, 10)

    with breaks("tranche_granter_is_not_requester"):
        Tranche.objects.filter(pk=tranche.pk).update(granted_by=cast["finance"])


def test_nobody_pays_what_they_requested_or_granted(cast, voted):
    tranche = acts.granted(cast, voted, 10)

    for who in ("finance", "motir_finance"):
        with breaks("tranche_payer_is_neither"):
            Tranche.objects.filter(pk=tranche.pk).update(paid_by=cast[who])


def test_every_named_constraint_is_broken_here():
    with open(__file__, encoding="utf-8") as this:
        text = this.read()

    names = [
        constraint.name
        for model in (Appropriation, Balance, Entry, Pot, Tranche)
        for constraint in model._meta.constraints
    ]
    assert [name for name in names if f'"{name}"' not in text] == []
