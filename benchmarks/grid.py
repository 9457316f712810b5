"""How long the grid of a proposal takes: empty, and with 40 components x 5 years x 4 sources."""

import os
import statistics
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.test import Client  # noqa: E402

from benchmarks.database import own_database  # noqa: E402

ROUNDS = 15
SOURCES = ("national", "provincial", "municipal", "private")


def median_of(act):
    times = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        assert act().status_code in (200, 302)
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000


def proposals():
    from projects.models import BudgetLine, Component, Proposal  # noqa: PLC0415
    from tests import conftest, factories  # noqa: PLC0415

    cast = conftest.Cast()
    conftest.add_organisations(cast)
    conftest.add_people(cast)
    call = factories.call(cast)
    empty, full = factories.proposal(cast, call), factories.proposal(cast, call, title="800")
    Proposal.objects.update(last_year=2031)
    rows = Component.objects.bulk_create(
        Component(proposal=full, title=f"내역사업 {n}", ministry=(cast.motir, cast.mcst)[n % 2])
        for n in range(40)
    )
    BudgetLine.objects.bulk_create(
        BudgetLine(component=row, fiscal_year=year, source=source, won=1_234_567)
        for row in rows
        for year in range(2027, 2032)
        for source in SOURCES
    )
    return cast["drafter"], empty, full, [row.pk for row in rows]


def measure():
    drafter, empty, full, components = proposals()
    client = Client()
    client.force_login(drafter)
    pages = [f"/proposals/{row.pk}/parts/budget/" for row in (empty, full)]
    for page in pages:
        client.get(page)
    times = [median_of(lambda page=page: client.get(page)) for page in pages]
    print(
        f"empty page {times[0]:6.1f} ms, 800 cells {times[1]:6.1f} ms: {times[1] / times[0]:.2f} times"
    )
    won = iter(range(1, 10**6))

    def save():
        sent = {
            f"c-{pk}-{y}-{s}": str(next(won))
            for pk in components
            for y in range(2027, 2032)
            for s in SOURCES
        }
        return client.post(pages[1], sent)

    print(f"saving 800 changed cells {median_of(save):6.1f} ms")


def main():
    with own_database():
        measure()


if __name__ == "__main__":
    main()
