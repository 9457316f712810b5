"""SQL of the application's database role against the ledger is refused."""

import psycopg
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from disbursements.ledger import writers as ledger
from disbursements.ledger.ledger_check import first_difference
from disbursements.models import Appropriation, Entry, road_of
from tests import factories

from . import acts
from .ledger.test_models import breaks

LOGIN = "house_visitor"


@pytest.fixture
def paid(cast, voted):
    """A million is voted, 600,000 is granted, 400,000 paid, 100,000 executed."""
    tranche = acts.pay(cast, acts.granted(cast, voted, 600_000), 400_000)
    acts.execute(cast, voted, 100_000)
    return tranche


def insert(run, line, stage, won, **more):
    """An entry by SQL, on its proper road unless another is given."""
    leaves, enters = road_of(stage, national=line.is_national)
    facts = {"appropriation_id": line.pk, "stage": stage, "won": won, "carry_kind": ""}
    facts |= {"leaves": str(leaves), "enters": str(enters), "evidence": "", "as_of": acts.DAY}
    facts |= {"key": f"by hand {stage}", "made_at": "2026-11-02T00:00:00Z"} | more
    places = ", ".join(["%s"] * len(facts))
    run(f"INSERT INTO disbursements_entry ({', '.join(facts)}) VALUES ({places})", *facts.values())


def answer_to(run, sql):
    """The error text of the database; empty if it accepted the statement."""
    try:
        run(sql)
    except DatabaseError as refusal:
        return str(refusal)
    return ""


NOT_ALLOWED = "permission denied"
ATTACKS = {
    "UPDATE disbursements_entry SET won = won + 1": NOT_ALLOWED,
    "DELETE FROM disbursements_entry": NOT_ALLOWED,
    "TRUNCATE disbursements_entry CASCADE": NOT_ALLOWED,
    "INSERT INTO disbursements_entry SELECT * FROM disbursements_entry"
    " ON CONFLICT (id) DO UPDATE SET won = 0": NOT_ALLOWED,
    "COPY disbursements_entry FROM PROGRAM 'true'": NOT_ALLOWED,
    "SELECT setval('disbursements_entry_id_seq', 1)": NOT_ALLOWED,
    "UPDATE disbursements_balance SET paid = 0, in_grant = granted": "a balance changes by entries",
    "UPDATE disbursements_balance SET national = false": "a balance changes by entries",
    "INSERT INTO disbursements_balance SELECT * FROM disbursements_balance": "changes by entries",
    "DELETE FROM disbursements_balance": "a balance changes by entries only",
    "TRUNCATE disbursements_balance": NOT_ALLOWED,
    "UPDATE disbursements_pot SET won = won + 1": "a pot changes by entries only",
    "INSERT INTO disbursements_pot SELECT id, 1 FROM agreements_agreement": "a pot changes by",
    "DELETE FROM disbursements_pot": "a pot changes by entries only",
    "TRUNCATE disbursements_pot": NOT_ALLOWED,
    "UPDATE disbursements_tranche SET paid = 0": "totals of a tranche change by entries only",
    "UPDATE disbursements_tranche SET asked = 1": "tranche_amounts_in_order",
    "UPDATE disbursements_tranche SET appropriation_id = appropriation_id + 1": "keeps its line",
    "DELETE FROM disbursements_tranche": "foreign key constraint",
    "UPDATE disbursements_appropriation SET source = 'private'": "keeps its agreement, component",
    "DELETE FROM disbursements_appropriation": "foreign key constraint",
    "ALTER TABLE disbursements_entry DISABLE TRIGGER ALL": "must be owner",
    "ALTER TABLE disbursements_balance DROP CONSTRAINT balance_sums_to_zero": "must be owner",
    "ALTER TABLE disbursements_entry OWNER TO house_application": "must be owner",
    "DROP TRIGGER entry_adds_to_balance ON disbursements_entry": "must be owner",
    "DROP TABLE disbursements_entry CASCADE": "must be owner",
    "DROP FUNCTION add_entry() CASCADE": "must be owner",
    "ALTER FUNCTION add_entry() RENAME TO nothing": "must be owner",
    "CREATE FUNCTION more() RETURNS void LANGUAGE sql AS ''": "permission denied for schema",
    "CREATE TRIGGER more BEFORE INSERT ON disbursements_entry"
    " EXECUTE FUNCTION refuse_change()": NOT_ALLOWED,
    "CREATE TEMPORARY TABLE aside (won bigint)": "permission denied to create temporary tables",
    "CREATE FUNCTION pg_temp.more() RETURNS void LANGUAGE sql AS ''": NOT_ALLOWED,
    "SET session_replication_role = replica": NOT_ALLOWED,
    "ALTER ROLE house_application SUPERUSER": NOT_ALLOWED,
    "GRANT UPDATE ON disbursements_entry TO house_application;"
    "UPDATE disbursements_entry SET won = 0": NOT_ALLOWED,
}


@pytest.fixture
def pot(cast, paid):
    """Money in the pot of the same agreement."""
    other = acts.vote(cast, acts.line("MCST"), 50_000, actor="mcst_finance")
    ledger.pool(other, on=acts.DAY)
    return other


def test_role_of_the_application_cannot_touch_what_is_written(paid, pot, as_application):
    before = list(Entry.objects.order_by("pk").values())

    answers = {sql: answer_to(as_application, sql) for sql in ATTACKS}

    assert {sql: text for sql, text in answers.items() if ATTACKS[sql] not in text} == {}
    assert list(Entry.objects.order_by("pk").values()) == before
    assert first_difference() is None


def test_role_of_the_application_cannot_write_more_than_there_is(cast, paid, as_application):
    line, following = paid.appropriation, acts.line(year=2028)
    other = acts.request(cast, line, 400_000)
    vote = line.entries.get(stage="voted")
    carry = {"carry_kind": "explicit", "leaves": "appropriation", "enters": "carried"}
    for name, stage, won, more in (
        ("balance_granted_within_voted", "granted", 400_001, {"tranche_id": other.pk}),
        ("balance_paid_within_granted", "paid", 200_001, {"tranche_id": paid.pk}),
        ("tranche_amounts_in_order", "paid", 200_000, {"tranche_id": other.pk}),
        ("balance_national_used_within_paid", "executed", 300_001, {}),
        ("balance_national_used_within_paid", "returned", 300_001, {}),
        ("balance_stages_not_below_zero", "lapsed", 400_001, {}),
        ("balance_stages_not_below_zero", "pooled", 400_001, {}),
        ("balance_stages_not_below_zero", "carried_out", 400_001, carry),
        ("pot_not_below_zero", "drawn", 1, {}),
        ("entry_below_zero_mends", "voted", -1, {}),
        ("entry_mends_exactly", "voted", -999_999, {"mends_id": vote.pk}),
        ("balance_granted_within_voted", "voted", -1_000_000, {"mends_id": vote.pk}),
        ("entry_key_once", "voted", 1, {"key": vote.key}),
        ("entry_takes_a_known_road", "executed", 1, {"leaves": "appropriation"}),
        ("entry_takes_the_road_of_its_source", "voted", 1, {"enters": "treasury"}),
        ("entry_names_its_tranche", "granted", 1, {}),
        ("entry_carried_out_comes_in", "carried_out", 1, carry),
    ):
        with breaks(name):
            insert(as_application, line, stage, won, **more)
    into = {"carry_kind": "explicit", "leaves": "carried", "enters": "appropriation"}
    with breaks("entry_carried_in_has_a_twin"):
        insert(as_application, following, "carried_in", 1, **into)
    with breaks("entry_twin_fits"):
        insert(as_application, following, "carried_in", 1, twin_id=vote.pk, **into)
    assert first_difference() is None


def test_role_of_the_application_can_do_its_work(paid, as_application):
    insert(as_application, paid.appropriation, "paid", 200_000, tranche_id=paid.pk)

    assert acts.totals(paid.appropriation, "paid", "in_grant") == (600_000, 0)
    as_application("UPDATE disbursements_tranche SET changed_at = now()")


def test_entry_names_no_tranche_of_another_agreement(cast, call, paid, as_application):
    agreement = factories.in_force(cast, call, title="둘째 협약").agreement
    there = Appropriation.objects.get(
        agreement=agreement, component__ministry="MOTIR", source="national", fiscal_year=2027
    )
    ledger.vote(there, 1_000, on=acts.DAY, by=cast["motir_finance"], evidence="")

    with breaks("entry_tranche_is_of_its_line"):
        insert(as_application, there, "granted", 10, tranche_id=paid.pk)
    other = acts.request(cast, there, 10)
    with breaks("entry_tranche_is_of_its_line"):
        insert(as_application, paid.appropriation, "paid", 10, tranche_id=other.pk)


@pytest.fixture
def visitor(transactional_db):
    """A connection of its own, signed in as the application's role and as nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {LOGIN} LOGIN PASSWORD 'visitor'")
    call_command("grant_application", LOGIN, verbosity=0)
    parameters = connection.get_connection_params()
    names = {name: parameters[name] for name in ("host", "port", "dbname") if name in parameters}
    own = psycopg.connect(**names, user=LOGIN, password="visitor", autocommit=True)
    yield own
    own.close()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {LOGIN}")
        cursor.execute(f"DROP ROLE {LOGIN}")


def test_role_of_the_application_becomes_nobody_else(visitor):
    owner = connection.settings_dict["USER"]
    for sql in (
        f'SET ROLE "{owner}"',
        f'SET SESSION AUTHORIZATION "{owner}"',
        f'GRANT "{owner}" TO {LOGIN}',
        "SET session_replication_role = replica",
        "LOAD 'auto_explain'",
        "CREATE EXTENSION IF NOT EXISTS dblink",
        "CREATE SCHEMA mine",
        "CREATE ROLE other SUPERUSER",
        "ALTER SYSTEM SET fsync = off",
    ):
        with pytest.raises(psycopg.Error, match="permission denied|must be|access to"):
            visitor.execute(sql)
    visitor.execute("RESET ROLE")
    assert visitor.execute("SELECT current_user").fetchone() == (LOGIN,)
