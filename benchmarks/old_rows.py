"""Rows as they were written before the ledger was double entry become double entry, to the won.

Migrates an empty database to disbursements 0005, writes rows as that version wrote them, migrates
on, and tells every total again from the entries.
"""

import os
import subprocess
import sys
import time
from urllib.parse import urlsplit

import django
import psycopg

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

NAME = "old_rows"
WHOLE = """
    INSERT INTO disbursements_appropriation
        (id, moves_made, changed_at, agreement_id, component_id, fiscal_year, source, payer_id,
         recipient_id, state)
        VALUES (1, 1, now(), 1, 1, 2027, 'national', 'MOTIR', 'busan', 'open'),
               (2, 1, now(), 1, 1, 2027, 'municipal', 'busan', 'busan', 'open'),
               (3, 1, now(), 1, 1, 2028, 'national', 'MOTIR', 'busan', 'closed');
    INSERT INTO disbursements_balance (appropriation_id, national, votes, agreed, voted, carried_in,
         granted, paid, executed, carried_out, lapsed, returned)
        SELECT id, source = 'national', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
        FROM disbursements_appropriation;
    INSERT INTO disbursements_tranche (id, moves_made, changed_at, appropriation_id, number, purpose,
         asked, granted, paid, state, requested_by_id)
        VALUES (1, 1, now(), 1, 1, '공사비', 600, 0, 0, 'granted', 1),
               (2, 1, now(), 1, 2, '용역비', 150, 0, 0, 'requested', 1);
"""
ENTRIES = (
    # id, line, stage, won, tranche, mends
    (1, 1, "agreed", 1_000, None, None),
    (2, 2, "agreed", 700, None, None),
    (3, 3, "agreed", 500, None, None),
    (4, 1, "voted", 900, None, None),
    (5, 1, "voted", -900, None, 4),  # a vote mended, and voted again
    (6, 1, "voted", 800, None, None),
    (7, 1, "voted", 0, None, None),  # a supplementary budget without money
    (8, 1, "granted", 600, 1, None),
    (9, 1, "paid", 250, 1, None),
    (10, 1, "paid", 150, 1, None),
    (11, 1, "executed", 120, None, None),
    (12, 1, "executed", -120, None, 11),  # execution mended, and reported again
    (13, 1, "executed", 100, None, None),
    (14, 1, "agreed", 950, None, None),  # promised anew by an amendment
    (15, 1, "agreed", -1_000, None, 1),
    (16, 2, "voted", 700, None, None),
    (17, 2, "executed", 300, None, None),
    (18, 3, "voted", 200, None, None),
    (19, 3, "agreed", -500, None, 3),  # promised no more
)
INSERT = """
    INSERT INTO disbursements_entry
        (id, appropriation_id, stage, won, tranche_id, mends_id, as_of, evidence, made_at)
        VALUES (%s, %s, %s, %s, %s, %s, '2027-03-02', '', now())
"""
BALANCES = """
    SELECT appropriation_id, agreed, voted, votes, granted, paid, executed, in_appropriation,
        in_grant, in_treasury, entries FROM disbursements_balance ORDER BY 1
"""
TRANCHES = "SELECT id, granted, paid FROM disbursements_tranche ORDER BY id"
EXPECTED = [
    # agreed, voted, votes, granted, paid, executed; then what stands where, and entries
    (1, 950, 800, 2, 600, 400, 100, 200, 200, 300, 13),
    (2, 700, 700, 1, 0, 0, 300, 0, 0, 400, 3),
    (3, 0, 200, 1, 0, 0, 0, 200, 0, 0, 3),
    (1, 600, 400),
    (2, 0, 0),
]


def migrate(address, *target):
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0", *target]
    environment = os.environ | {"DATABASE_URL": address.replace("postgresql:", "postgres:")}
    begun = time.perf_counter()
    subprocess.run(command, cwd=django.conf.settings.BASE_DIR, env=environment, check=True)
    print(f"migrated {' '.join(target) or 'on'} in {time.perf_counter() - begun:.1f} s")


def write_as_before(database):
    """Whom and what money is for is left out; the entries pass the triggers of that time."""
    database.execute("SET session_replication_role = replica")
    database.execute(WHOLE)
    database.execute("SET session_replication_role = DEFAULT")
    for entry in ENTRIES:
        database.execute(INSERT, entry)


def compare(database):
    from disbursements.recount import QUERIES  # noqa: PLC0415

    differences = [database.execute(query).fetchone() for query in QUERIES]
    told = [*database.execute(BALANCES).fetchall(), *database.execute(TRANCHES).fetchall()]
    keys = database.execute("SELECT count(DISTINCT key) FROM disbursements_entry").fetchone()[0]
    print(f"{len(ENTRIES)} entries, {keys} keys; differences: {[d for d in differences if d]}")
    print("every total as expected" if told == EXPECTED else f"told {told}")


def main():
    place = urlsplit(os.environ["DATABASE_URL"])._replace(scheme="postgresql")
    address = place._replace(path=f"/{NAME}").geturl()
    with psycopg.connect(place.geturl(), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {NAME}")
        try:
            migrate(address, "disbursements", "0005_amend")
            with psycopg.connect(address, autocommit=True) as database:
                write_as_before(database)
            migrate(address)
            with psycopg.connect(address) as database:
                compare(database)
        finally:
            server.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


if __name__ == "__main__":
    main()
