"""SIGKILL to workers, schedulers and Redis at random moments, while 2,000 notices are due.

Two schedulers and four worker processes over a Redis that keeps nothing; a real SMTP server
in a process of its own. At the end: what arrived, what came twice, what is missing.
"""

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402

from benchmarks.database import own_database  # noqa: E402
from config.celery import app  # noqa: E402
from foundation.models import decreed_days  # noqa: E402
from foundation.time import clock  # noqa: E402
from foundation.time.calendar import working_day_from  # noqa: E402

NOTICES, KILLS, SECONDS = 2_000, 50, 600
SLOW = 0.25  # seconds that the mail server takes for one mail, so that kills meet work
app.conf.beat_schedule = {
    name: entry | {"schedule": 1.0} for name, entry in app.conf.beat_schedule.items()
}

with decreed_days.override(frozenset()):  # no mails on a day off: use the next working day
    AHEAD = working_day_from(clock.today()) - clock.today()
REAL = clock.now
clock.now = lambda: REAL() + AHEAD


class Arrivals:
    """Logs the Message-ID of each mail before accepting it."""

    def __init__(self, log):
        self.log = log

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        text = envelope.content.decode(errors="replace")
        name = next(line for line in text.splitlines() if line.startswith("Message-ID:"))
        print(name.split()[1], file=self.log, flush=True)
        await asyncio.sleep(SLOW)
        return "250 OK"


def serve(port, path):
    from aiosmtpd.controller import Controller  # noqa: PLC0415

    with Path(path).open("a") as log:
        Controller(Arrivals(log), hostname="127.0.0.1", port=int(port)).start()
        signal.pause()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Machines:
    """Processes by name, each in a group of its own, to be killed and started again."""

    def __init__(self, commands, environment, log):
        self.commands, self.environment, self.log = commands, environment, log
        self.running = {}

    def start(self, name):
        self.running[name] = subprocess.Popen(
            self.commands[name],
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def kill(self, name):
        process = self.running.pop(name)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def commands(folder, redis_port, mail_port):
    celery = [sys.executable, "-m", "celery", "-A", "benchmarks.kill"]
    worker = [*celery, "worker", "--concurrency", "2", "--without-mingle", "--without-gossip"]
    redis = ["valkey-server", "--port", str(redis_port), "--save", "", "--appendonly", "no"]
    mail = [sys.executable, "-m", "benchmarks.kill", "serve", str(mail_port)]
    return {
        "mail": [*mail, str(folder / "arrived")],
        "redis": [*redis, "--dir", str(folder)],
        "worker-1": [*worker, "-n", "one"],
        "worker-2": [*worker, "-n", "two"],
        "beat-1": [*celery, "beat", "-s", str(folder / "one"), "--pidfile="],
        "beat-2": [*celery, "beat", "-s", str(folder / "two"), "--pidfile="],
    }


def environment_of(redis_port, mail_port):
    place = urlsplit(os.environ["DATABASE_URL"])
    database = place._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    redis = f"redis://127.0.0.1:{redis_port}/0"
    names = {"DATABASE_URL": database, "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}"}
    names["MAILS_AT_ONCE"] = str(NOTICES)  # one mail for each, so that a lost one is found
    return os.environ | names | {"REDIS_URL": redis, "CELERY_BROKER_URL": redis}


def measure(folder):
    from benchmarks import reminders  # noqa: PLC0415

    reminders.OPEN = reminders.DUE = NOTICES
    reminders.set_up(clock.today())
    awake()
    ports = free_port(), free_port()
    log = (folder / "log").open("ab")
    machines = Machines(commands(folder, *ports), environment_of(*ports), log)
    begun, killed = time.monotonic(), Counter()
    try:
        for name in machines.commands:
            machines.start(name)
        torment(machines, killed)
        wait_until_quiet(begun)
    finally:
        for name in list(machines.running):
            machines.kill(name)
    report(folder, killed, time.monotonic() - begun)


def awake():
    """The benchmark may run at night: everybody takes mails then."""
    from accounts.models import User  # noqa: PLC0415
    from reminders.models import Preference  # noqa: PLC0415

    hours = {"from_hour": 0, "until_hour": 24, "on_days_off": True}
    people = User.objects.order_by("pk")
    Preference.objects.bulk_create(Preference(person=person, **hours) for person in people)


def torment(machines, killed):
    names = [name for name in machines.commands if name != "mail"]
    while count("mailed_at IS NOT NULL") == 0:
        time.sleep(0.2)
    for _kill in range(KILLS):
        time.sleep(random.uniform(0.5, 4))
        name = random.choice(names)
        machines.kill(name)
        killed[name, count("mailed_at IS NULL") > 0] += 1
        machines.start(name)


def wait_until_quiet(begun):
    """The pauses after failures are ended by hand: nobody waits hours for a benchmark."""
    while time.monotonic() - begun < SECONDS and count("mailed_at IS NULL"):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE reminders_notice SET retry_at = now() WHERE retry_at > now()")
        time.sleep(2)


def count(condition):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM reminders_notice WHERE {condition}")
        return cursor.fetchone()[0]


def report(folder, killed, seconds):
    from reminders.models import Notice  # noqa: PLC0415

    wanted = set(Notice.objects.values_list("message_id", flat=True))
    arrived = Counter((folder / "arrived").read_text().split())
    doubled = {name: times for name, times in arrived.items() if times > 1}
    work = sum(times for (_name, busy), times in killed.items() if busy)
    by_name = Counter()
    for (name, _busy), times in killed.items():
        by_name[name] += times
    print(f"{sum(killed.values())} kills in {seconds:.0f} s, {work} while notices were unsent")
    print("killed:", ", ".join(f"{name} {times}" for name, times in sorted(by_name.items())))
    print(f"{len(wanted)} notices, {len(wanted - set(arrived))} lost, {len(doubled)} came twice")
    print(f"unknown Message-IDs: {len(set(arrived) - wanted)}, most often: {max(arrived.values())}")
    print(f"still unsent in the outbox: {count('mailed_at IS NULL')}")


def main():
    if sys.argv[1:2] == ["serve"]:
        serve(*sys.argv[2:])
        return
    with own_database(), tempfile.TemporaryDirectory() as folder:
        measure(Path(folder))


if __name__ == "__main__":
    main()
