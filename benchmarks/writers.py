"""32 officers on one line of money for half a minute: nothing lost, doubled or spent too much.

Four processes of eight threads, as web servers are: 32 connections that all want the same line.
"""

import json
import os
import statistics
import subprocess
import sys
import threading
import time
from urllib.parse import urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402

from benchmarks.database import own_database  # noqa: E402

PROCESSES, THREADS, SECONDS = 4, 8, int(os.environ.get("SECONDS", "30"))
WAITING = """
    SELECT count(*) FILTER (WHERE wait_event_type = 'Lock'), count(*) FILTER (WHERE state <> 'idle')
    FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


def line_of_money():
    from tests import conftest, factories  # noqa: PLC0415
    from tests.disbursements import acts  # noqa: PLC0415

    cast = conftest.Cast()
    conftest.add_organisations(cast)
    conftest.add_people(cast)
    factories.in_force(cast, factories.call(cast))
    acts.many_tranches(cast)
    return acts.line()


def work(pk, number):
    """One process of officers; the outcomes of their orders go to standard output."""
    from disbursements.models import Appropriation  # noqa: PLC0415
    from tests.disbursements import writers  # noqa: PLC0415

    line = Appropriation.objects.get(pk=pk)
    tally = writers.together(line, writers=THREADS, seconds=SECONDS, seed=1000 * int(number))
    print(json.dumps(vars(tally)))


def started(line):
    place = urlsplit(os.environ["DATABASE_URL"])
    database = place._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    environment = os.environ | {"DATABASE_URL": database}
    command = [sys.executable, "-m", "benchmarks.writers", "work", str(line.pk)]
    return [
        subprocess.Popen([*command, str(number)], env=environment, stdout=subprocess.PIPE)
        for number in range(1, PROCESSES + 1)
    ]


def watch(seen, ended):
    """How many wait for a lock, and how many are at work, twenty times a second."""
    while not ended.wait(0.05):
        seen.append(one(WAITING))
    connection.close()


def one(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()


def measure():
    from tests.disbursements import writers  # noqa: PLC0415

    line, seen, ended = line_of_money(), [], threading.Event()
    children, tally = started(line), writers.Tally()
    watcher = threading.Thread(target=watch, args=(seen, ended))
    watcher.start()
    try:
        for child in children:
            tally.add(writers.Tally(**json.loads(child.communicate()[0])))
    finally:
        ended.set()
        watcher.join()
    report(tally, seen)
    begun = time.perf_counter()
    writers.check(line, tally)
    print(f"every total, key and event holds (looked at in {time.perf_counter() - begun:.1f} s)")


def report(tally, seen):
    done, failed = sum(tally.done.values()), dict(tally.failed) or "none"
    print(f"{done} orders done in {SECONDS} s: {done / SECONDS:.0f} a second;", dict(tally.done))
    print(f"refused {sum(tally.refused.values())}, sent twice {sum(tally.twice.values())}")
    print(f"deadlocks {one(DEADLOCKS)[0]}, failed in the database: {failed}")
    cuts = statistics.quantiles(tally.seconds, n=100)
    print(f"one order: median {cuts[49] * 1000:.0f} ms, 95 % {cuts[94] * 1000:.0f} ms,"
          f" longest {max(tally.seconds) * 1000:.0f} ms")  # fmt: skip
    at_work = [pair for pair in seen if pair[1]]
    waiting, working = (statistics.mean(column) for column in zip(*at_work, strict=True))
    print(f"waiting for a lock, mean {waiting:.1f} of {working:.1f} connections at work")


def main():
    if sys.argv[1:2] == ["work"]:
        work(*sys.argv[2:])
        return
    with own_database():
        measure()


if __name__ == "__main__":
    main()
