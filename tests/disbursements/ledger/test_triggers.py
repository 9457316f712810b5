"""Triggers protect the totals and the ledger against direct SQL."""

import pytest
from django.db import IntegrityError, connection, transaction

from disbursements.models import Balance, Entry, Stage, road_of
from tests.disbursements import acts

TOTALS = [stage.value for stage in Stage]


def sql(text, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(text, values)


def insert(line, stage, won, tranche=None):
    sql(
        "INSERT INTO disbursements_entry"
        " (appropriation_id, stage, won, tranche_id, leaves, enters, key, carry_kind, as_of,"
        " evidence, made_at) VALUES (%s, %s, %s, %s, %s, %s, gen_random_uuid(), '', '2026-11-02',"
        " '', now())",
        line.pk,
        stage,
        won,
        tranche and tranche.pk,
        *(account.value for account in road_of(stage, national=line.is_national)),
    )


def test_ledger_is_append_only(voted):
    for text in (
        "UPDATE disbursements_entry SET won = won + 1",
        "DELETE FROM disbursements_entry",
        "TRUNCATE disbursements_entry",
    ):
        with pytest.raises(IntegrityError, match="append-only"):
            sql(text)


def test_ledger_is_closed_in_python_too(voted):
    with pytest.raises(TypeError):
        Entry.objects.update(won=1)
    with pytest.raises(TypeError):
        Entry.objects.all().delete()


def test_balance_changes_by_entries_only(voted):
    changes = [f"UPDATE disbursements_balance SET {column} = 1" for column in [*TOTALS, "votes"]]
    for text in (
        *changes,
        "UPDATE disbursements_balance SET national = false",
        "DELETE FROM disbursements_balance",
    ):
        with pytest.raises(IntegrityError, match="a balance changes by entries only"):
            sql(text)


def test_balances_are_not_emptied(voted):
    with pytest.raises(IntegrityError, match="append-only"):
        sql("TRUNCATE disbursements_balance")


def test_line_stays_what_it_is(voted):
    for change in (
        "source = 'private'",
        "fiscal_year = 2099",
        "component_id = component_id + 1",
        "agreement_id = agreement_id + 1",
    ):
        with pytest.raises(IntegrityError, match="keeps its agreement, component, year and source"):
            sql(f"UPDATE disbursements_appropriation SET {change} WHERE id = %s", voted.pk)


def test_totals_of_a_tranche_change_by_entries_only(cast, voted):
    tranche = acts.granted(cast, voted, 10)

    for column in ("granted", "paid"):
        with pytest.raises(IntegrityError, match="totals of a tranche change by entries only"):
            sql(f"UPDATE disbursements_tranche SET {column} = 5 WHERE id = %s", tranche.pk)


def test_new_tranche_begins_with_nothing(cast, voted):
    tranche = acts.request(cast, voted, 10)
    tranche.pk, tranche._state.adding, tranche.number, tranche.granted = None, True, 2, 5

    with pytest.raises(IntegrityError, match="totals of a tranche change by entries only"):
        tranche.save()


def test_entry_by_sql_is_added_to_its_own_total_alone(cast, voted):
    tranche = acts.granted(cast, voted, 600)
    acts.pay(cast, tranche, 300)
    tranches = {"granted": acts.request(cast, voted, 7), "paid": tranche}
    before = dict(zip(TOTALS, acts.totals(voted, *TOTALS), strict=True))

    alone = set(TOTALS) - {"carried_in", "carried_out", "drawn", "revoked"}
    for stage in sorted(alone):
        with acts.undone():
            insert(voted, stage, 7, tranches.get(stage))
            after = dict(zip(TOTALS, acts.totals(voted, *TOTALS), strict=True))
        assert after == before | {stage: before[stage] + 7}


def test_sql_cannot_grant_more_than_was_voted(cast, voted):
    tranche = acts.request(cast, voted, 1_000_000)

    with pytest.raises(IntegrityError, match="balance_granted_within_voted"):
        insert(voted, "granted", 1_000_001, tranche)


def test_sql_cannot_pay_more_than_was_granted(cast, voted):
    tranche = acts.granted(cast, voted, 400_000)

    with pytest.raises(IntegrityError, match="balance_paid_within_granted"):
        insert(voted, "paid", 400_001, tranche)


def test_sql_cannot_pay_one_tranche_with_the_grant_of_another(cast, voted):
    tranche = acts.granted(cast, voted, 400_000)
    acts.granted(cast, voted, 400_000)

    with pytest.raises(IntegrityError, match="tranche_amounts_in_order"):
        insert(voted, "paid", 400_001, tranche)


def test_sql_cannot_execute_more_than_was_paid(cast, voted):
    acts.pay(cast, acts.granted(cast, voted, 400_000), 300_000)

    with pytest.raises(IntegrityError, match="balance_national_used_within_paid"):
        insert(voted, "executed", 300_001)


def test_sql_cannot_execute_more_local_funds_than_were_voted(cast, version):
    line = acts.line(source="municipal")
    acts.vote(cast, line, 700_000, actor="finance")

    with pytest.raises(IntegrityError, match="balance_local_used_within_voted"):
        insert(line, "executed", 700_001)


def test_totals_are_the_sums_of_the_entries(cast, voted):
    tranche = acts.granted(cast, voted, 400_000)
    acts.pay(cast, tranche, 150_000)
    acts.pay(cast, tranche, 250_000)
    acts.execute(cast, voted, 90_000)
    acts.correct(cast, voted, voted.entries.get(stage="executed"), actor="finance")
    acts.execute(cast, voted, 80_000)

    for balance in Balance.objects.order_by("pk"):
        entries = list(balance.appropriation.entries.all())
        for stage in TOTALS:
            won = sum(entry.won for entry in entries if entry.stage == stage)
            assert getattr(balance, stage) == won, stage
    tranche.refresh_from_db()
    assert (tranche.granted, tranche.paid) == (400_000, 400_000)
