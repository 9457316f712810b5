"""``check_ledger`` compares every total with the entries and names the first wrong one."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from disbursements.ledger import writers as ledger
from tests.disbursements import acts


@pytest.fixture
def paid(cast, voted):
    tranche = acts.granted(cast, voted, 400_000)
    acts.pay(cast, tranche, 300_000)
    acts.execute(cast, voted, 100_000)
    ledger.pool(voted, on=acts.DAY)
    return tranche


def spoil(sql, *values):
    with acts.without_triggers(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def check():
    call_command("check_ledger", verbosity=0)


def test_every_total_holds_after_a_road(paid, capsys):
    check()

    assert "entries hold" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        (
            "UPDATE disbursements_balance SET agreed = agreed + 1 WHERE appropriation_id = %s",
            "agreed",
        ),
        ("UPDATE disbursements_balance SET entries = 0 WHERE appropriation_id = %s", "entries"),
        (
            "UPDATE disbursements_balance SET in_grant = in_grant + 1,"
            " in_treasury = in_treasury - 1 WHERE appropriation_id = %s",
            "in_grant",
        ),
        (
            "UPDATE disbursements_balance SET unreported_since = unreported_since - 1"
            " WHERE appropriation_id = %s",
            "unreported_since",
        ),
        (
            "UPDATE disbursements_balance SET unreported_since = NULL WHERE appropriation_id = %s",
            "None is kept, 2026-11-03",
        ),
        ("UPDATE disbursements_tranche SET paid = paid - 1 WHERE appropriation_id = %s", "paid"),
        (
            "UPDATE disbursements_pot SET won = won + 1 WHERE agreement_id ="
            " (SELECT agreement_id FROM disbursements_appropriation WHERE id = %s)",
            "pot",
        ),
        (
            "DELETE FROM disbursements_entry WHERE stage = 'executed' AND appropriation_id = %s",
            "entries",
        ),
    ],
)
def test_total_changed_behind_the_triggers_is_named(paid, sql, named):
    spoil(sql, paid.appropriation_id)

    with pytest.raises(CommandError, match=rf"\b{named}\b"):
        check()


def test_carry_that_never_came_in_is_named(paid):
    with acts.undone():
        ledger.add(acts.line("MCST"), "voted", 7, on=acts.DAY)
        ledger.add(
            acts.line("MCST"), "carried_out", 7, on=acts.DAY, carry_kind="explicit",
            account="appropriation",
        )  # fmt: skip

        with pytest.raises(CommandError, match="carried on agreement"):
            check()
