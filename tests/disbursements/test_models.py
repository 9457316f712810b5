"""Every constraint of the money, broken once, by name."""

import pytest
from django.db import IntegrityError

from disbursements.models import Appropriation, Balance, Entry, Stage, Tranche

from . import acts


def entry(line, stage, won, **more):
    return Entry.objects.create(appropriation=line, stage=stage, won=won, as_of=acts.DAY, **more)


def broken(error):
    return error.value.__cause__.diag.constraint_name


def balance_set(line, **values):
    with acts.without_triggers():
        Balance.objects.filter(pk=line.pk).update(**values)


@pytest.mark.parametrize("stage", [stage.value for stage in Stage])
def test_no_total_is_below_zero(version, stage):
    line = acts.line(source="municipal")
    balance_set(line, voted=10, carried_in=10)

    with pytest.raises(IntegrityError) as error:
        balance_set(line, **{stage: -1})

    assert broken(error) == "balance_nothing_below_zero"


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("balance_granted_within_voted", {"voted": 5, "carried_in": 5, "granted": 11}),
        ("balance_paid_within_granted", {"voted": 10, "granted": 10, "paid": 11}),
        ("balance_national_used_within_paid", {"voted": 9, "granted": 9, "paid": 8, "executed": 9}),
        ("balance_national_used_within_paid", {"carried_out": 1}),
        ("balance_national_used_within_paid", {"lapsed": 1}),
        ("balance_national_used_within_paid", {"returned": 1}),
    ],
)
def test_national_balance_is_in_order(line, name, values):
    with pytest.raises(IntegrityError) as error:
        balance_set(line, **values)

    assert broken(error) == name


@pytest.mark.parametrize("used", ["executed", "carried_out", "lapsed", "returned"])
def test_local_funds_are_used_within_what_was_voted(version, used):
    line = acts.line(source="municipal")
    balance_set(line, voted=5, carried_in=5, **{used: 10})

    with pytest.raises(IntegrityError) as error:
        balance_set(line, **{used: 11})

    assert broken(error) == "balance_local_used_within_voted"


def test_line_exists_once(line):
    line.pk, line._state.adding = None, True

    with pytest.raises(IntegrityError) as error:
        line.save()

    assert broken(error) == "appropriation_once"


def test_entry_moves_something(line):
    with pytest.raises(IntegrityError) as error:
        entry(line, "executed", 0)

    assert broken(error) == "entry_moves_something"


def test_entry_below_zero_mends(line):
    with pytest.raises(IntegrityError) as error:
        entry(line, "voted", -1)

    assert broken(error) == "entry_below_zero_mends"


@pytest.mark.parametrize("stage", ["granted", "paid"])
def test_entry_names_its_tranche(voted, stage):
    with pytest.raises(IntegrityError) as error:
        entry(voted, stage, 1)

    assert broken(error) == "entry_names_its_tranche"


def test_entry_names_a_tranche_of_its_own_line(cast, voted):
    other = acts.line("MCST")
    acts.vote(cast, other, 10, actor="mcst_finance")
    tranche = acts.request(cast, voted, 10)

    with pytest.raises(IntegrityError) as error:
        entry(other, "granted", 10, tranche=tranche)

    assert broken(error) == "entry_tranche_is_of_its_line"


def test_entry_is_mended_once(voted):
    first = voted.entries.get(stage="voted")
    entry(voted, "voted", -1_000_000, mends=first)
    entry(voted, "voted", 1_000_000)

    with pytest.raises(IntegrityError) as error:
        entry(voted, "voted", -1_000_000, mends=first)

    assert broken(error) == "disbursements_entry_mends_id_key"


@pytest.mark.parametrize(
    ("stage", "won"), [("voted", -999_999), ("voted", 1_000_000), ("agreed", -1_000_000)]
)
def test_entry_mends_by_its_exact_opposite(voted, stage, won):
    first = voted.entries.get(stage="voted")

    with pytest.raises(IntegrityError, match="an entry mends by its exact opposite"):
        entry(voted, stage, won, mends=first)


def test_entry_mends_only_in_its_own_line(voted):
    first = voted.entries.get(stage="voted")

    with pytest.raises(IntegrityError, match="an entry mends by its exact opposite"):
        entry(acts.line("MCST"), "voted", -1_000_000, mends=first)


def test_mending_entry_is_not_mended(voted):
    first = voted.entries.get(stage="voted")
    mending = entry(voted, "voted", -1_000_000, mends=first)

    with pytest.raises(IntegrityError, match="an entry mends by its exact opposite"):
        entry(voted, "voted", 1_000_000, mends=mending)


def test_tranche_number_exists_once(cast, voted):
    first = acts.request(cast, voted, 10)
    second = acts.request(cast, voted, 10)

    with pytest.raises(IntegrityError) as error:
        Tranche.objects.filter(pk=second.pk).update(number=first.number)

    assert broken(error) == "tranche_number_once"


@pytest.mark.parametrize(
    "values",
    [{"asked": 9}, {"granted": 11}, {"paid": 11}, {"paid": -1}],
)
def test_amounts_of_a_tranche_are_in_order(cast, voted, values):
    tranche = acts.granted(cast, voted, 10)

    with pytest.raises(IntegrityError) as error, acts.without_triggers():
        Tranche.objects.filter(pk=tranche.pk).update(**values)

    assert broken(error) == "tranche_amounts_in_order"


def test_nobody_grants_what_they_requested(cast, voted):
    tranche = acts.request(cast, voted, 10)

    with pytest.raises(IntegrityError) as error:
        Tranche.objects.filter(pk=tranche.pk).update(granted_by=cast["finance"])

    assert broken(error) == "tranche_granter_is_not_requester"


@pytest.mark.parametrize("who", ["finance", "motir_finance"])
def test_nobody_pays_what_they_requested_or_granted(cast, voted, who):
    tranche = acts.granted(cast, voted, 10)

    with pytest.raises(IntegrityError) as error:
        Tranche.objects.filter(pk=tranche.pk).update(paid_by=cast[who])

    assert broken(error) == "tranche_payer_is_neither"


def test_every_named_constraint_is_broken_here():
    with open(__file__, encoding="utf-8") as this:
        text = this.read()

    names = [
        constraint.name
        for model in (Appropriation, Balance, Entry, Tranche)
        for constraint in model._meta.constraints
    ]
    assert [name for name in names if f'"{name}"' not in text] == []
