"""How long the coordination page takes: empty, and with 12 components x 5 years x 8 ministries."""

import os
import statistics
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.database import own_database  # noqa: E402

ROUNDS = 25
COMPONENTS, YEARS, MINISTRIES = 12, range(2027, 2032), 8
SOURCES = ("national", "provincial", "municipal", "private")


def median_of(act):
    times = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        assert act().status_code == 200
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000


def proposals():
    """An empty draft, and a reviewed proposal in its second round, with all ceilings set."""
    from tests import conftest, factories  # noqa: PLC0415

    cast = conftest.Cast()
    conftest.add_organisations(cast)
    conftest.add_people(cast)
    call = factories.call(cast, least_years=5)
    empty, full = factories.proposal(cast, call), factories.proposal(cast, call, title="12")
    type(full).objects.update(last_year=2031)
    ministries = [factories.ministry(f"M{number}") for number in range(MINISTRIES)]
    for ministry in ministries:
        for role in ("reviewer", "approver"):
            name = f"{ministry.pk.lower()}_{role}"
            cast[name] = factories.person(name, (role, ministry))
        for year in YEARS:
            factories.ceiling(cast, ministry, year, 10**12)
    amounts = {(year, source): 1_234_567 for year in YEARS for source in SOURCES}
    for number in range(COMPONENTS):
        ministry = ministries[number % MINISTRIES]
        factories.component(cast, full, ministry, title=f"내역사업 {number}", amounts=amounts)
    full = factories.PROPOSAL.perform("submit", full, actor=cast["approver"])
    for review in full.reviews.order_by("pk"):
        factories.answer(cast, review)
    full.refresh_from_db()
    for _round in range(2):
        factories.round_of(cast, full, change=lambda line: line.won * 9 // 10)
    return cast["coordinator"], empty, full


def measure():
    coordinator, empty, full = proposals()
    client = Client()
    client.force_login(coordinator)
    times, queries = [], []
    for row in (empty, full):
        address = f"/proposals/{row.pk}/coordination/"
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        queries.append(len(captured))
        times.append(median_of(lambda address=address: client.get(address)))
    print(f"empty page {times[0]:6.1f} ms, {queries[0]} queries")
    print(f"12 x 5 x 8 {times[1]:6.1f} ms, {queries[1]} queries: {times[1] / times[0]:.2f} times")


def main():
    with own_database():
        measure()


if __name__ == "__main__":
    main()
