"""What pages of money cost with 100 and with 100,000 entries on one line: it should be the same."""

import os
import statistics
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks.database import own_database  # noqa: E402

ROUNDS = 25
FEW, MANY = 100, 100_000
ADDRESSES = (
    "/agreements/{agreement}/money/",
    "/agreements/{agreement}/money/2027/",
    "/agreements/{agreement}/statement/",
    "/agreements/{agreement}/statement.pdf",
    "/agreements/{agreement}/statement.xlsx",
    "/money/{line}/",
    "/money/{line}/?stage=executed",
    "/money/{line}/?page=3",
    "/tranches/{tranche}/",
)
SPENT = """
    INSERT INTO disbursements_entry (appropriation_id, stage, won, leaves, enters, key, carry_kind,
        as_of, evidence, made_at)
    SELECT %s, 'executed', 1, 'treasury', 'executed', %s || ':' || n, '', '2027-03-02', '', now()
    FROM generate_series(1, %s) AS n
"""
ADDED = """
    UPDATE disbursements_balance SET executed = executed + %s, entries = entries + %s,
        in_treasury = in_treasury - %s WHERE appropriation_id = %s
"""


def two_agreements():
    """An auditor, and the names in addresses of two agreements with a line of money each."""
    from tests import conftest, factories  # noqa: PLC0415

    cast = conftest.Cast()
    conftest.add_organisations(cast)
    conftest.add_people(cast)
    call = factories.call(cast)
    versions = [factories.in_force(cast, call, title=title) for title in ("적게", "많이")]
    return cast["auditor"], [names_in(cast, version.agreement) for version in versions]


def names_in(cast, agreement):
    """Its first line has paid a million won in two tranches."""
    from tests.disbursements import acts  # noqa: PLC0415

    lines = agreement.appropriations.filter(source="national", component__ministry="MOTIR")
    line = acts.vote(cast, lines.order_by("fiscal_year").first(), 1_000_000)
    for won in (400_000, 600_000):
        tranche = acts.pay(cast, acts.granted(cast, line, won), won)
    return {"line": line.pk, "agreement": agreement.pk, "tranche": tranche.pk}


def spend(line, entries):
    """So many entries of one won more, past the triggers, which are not what is measured."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(SPENT, [line, entries, entries])
        cursor.execute(ADDED, [entries, entries, entries, line])
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE disbursements_entry, disbursements_balance")


def timed(client, address):
    begun = time.perf_counter()
    assert client.get(address).status_code == 200
    return (time.perf_counter() - begun) * 1000


def queries_of(client, address):
    """How many queries a page makes that was opened before."""
    asked = []

    def note(execute, sql, *rest):
        asked.append(sql)
        return execute(sql, *rest)

    client.get(address)
    with connection.execute_wrapper(note):
        client.get(address)
    return len(asked)


def compare(client, address, few, many):
    """Both pages in turn, so that any other load of the machine slows both."""
    pages = [address.format(**names) for names in (few, many)]
    asked = [queries_of(client, page) for page in pages]
    rounds = [[timed(client, page) for page in pages] for _round in range(ROUNDS)]
    first, second = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(b / a for a, b in rounds)
    print(f"{address:<32} {first:6.1f} ms, {second:6.1f} ms: {ratio:.2f} times, queries {asked}")


def measure():
    from disbursements.ledger.ledger_check import first_difference  # noqa: PLC0415

    auditor, (few, many) = two_agreements()
    client = Client()
    client.force_login(auditor)
    spend(few["line"], FEW)
    spend(many["line"], MANY)
    for address in ADDRESSES:
        compare(client, address, few, many)
    begun = time.perf_counter()
    assert first_difference() is None
    print(f"all totals computed again from {MANY:,} entries in {time.perf_counter() - begun:.2f} s")


def main():
    with own_database():
        measure()


if __name__ == "__main__":
    main()
