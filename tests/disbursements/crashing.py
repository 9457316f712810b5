"""A separate installation (database, queue, web server, worker) that is killed while it pays.

``python -m tests.disbursements.crashing N`` fills its database with a batch of N payments.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import psycopg
from celery import Celery
from kombu import Connection

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bin"))

from house.servers import Servers, die_with_parent  # noqa: E402 -- the launcher's own module is in bin/

COUNT = "SELECT count(*) FROM disbursements_bankline WHERE state <> 'waiting'"
WAITING = "SELECT count(*) FILTER (WHERE state = 'waiting'), count(*) FROM disbursements_bankline"
SUMS = """
    SELECT count(*), coalesce(sum(won), 0), count(DISTINCT tranche_id), count(DISTINCT key)
    FROM disbursements_entry WHERE stage = 'paid'
"""
KINDS = ("web", "worker", "postgres")


def fill(payments):
    """Make a sent batch of so many payments; print its number, sum, bank file and a token."""
    import django  # noqa: PLC0415 -- in a process of its own

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from rest_framework.authtoken.models import Token  # noqa: PLC0415

    from tests import conftest, factories  # noqa: PLC0415
    from tests.certificates import give_key  # noqa: PLC0415

    from . import acts  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    cast = conftest.Cast()
    conftest.add_organisations(cast)
    conftest.add_people(cast)
    for body in (cast.gangwon, cast.gangneung, cast.motir, cast.mcst, cast.committee):
        give_key(body)
    factories.in_force(cast, factories.call(cast))
    batch = acts.sent_batch(cast, payments)
    facts = {"batch": batch.pk, "won": batch.won, "content": acts.answer_of(batch).decode()}
    facts["token"] = Token.objects.create(user=cast["motir_payer"]).key
    sys.stdout.write(f"{json.dumps(facts)}\n")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Installation:
    """An installation whose processes can be killed and started again."""

    def __init__(self, folder, payments):
        self.folder, self.payments, self.port = folder, payments, free_port()
        self.servers = Servers(folder)
        names = {"DATABASE_URL": self.servers.start_postgres()} | self.servers.start_valkey()
        self.environment = os.environ | names | {"PYTHONPATH": str(ROOT), "LOG_LEVEL": "ERROR"}
        self.environment["MEDIA_FOLDER"] = str(folder / "files")
        self.broker = names["CELERY_BROKER_URL"]
        self.running = {}

    def begin(self):
        made = self.run("-m", "tests.disbursements.crashing", str(self.payments))
        self.facts = json.loads(made.stdout.splitlines()[-1])
        for name in ("web", "worker"):
            self.start(name)

    def run(self, *words):
        """Run a Python command of the installation until it ends."""
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done

    def start(self, name):
        if name == "postgres":
            self.servers.start_postgres()
            return
        web = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port)]
        worker = ["celery", "-A", "config", "worker", "--concurrency", "1", "--loglevel", "ERROR"]
        words = {"web": [*web, "config.wsgi:application"], "worker": [*worker, "--without-mingle"]}
        self.running[name] = subprocess.Popen(
            [sys.executable, "-m", *words[name]],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / f"{name}.log").open("ab"),
            start_new_session=True,
            preexec_fn=lambda: die_with_parent(signal.SIGKILL),
        )

    def kill(self, name):
        """Send SIGKILL to a server and to all processes that it started."""
        if name == "postgres":
            self.kill_postgres()
            return
        process = self.running.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kill_postgres(self):
        """Kill the server and the processes of its connections, so that no buffer is written."""
        found = next(c for c in self.servers.children if Path(c[0].args[0]).name == "postgres")
        self.servers.children.remove(found)
        server, _signal = found
        children = children_of(server.pid)
        server.kill()
        server.wait()
        for pid in children:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def end(self):
        for name in list(self.running):
            self.kill(name)
        self.servers.stop()

    def ask(self, sql):
        """One row of the database; None while it does not answer."""
        try:
            with psycopg.connect(self.environment["DATABASE_URL"]) as connection:
                return connection.execute(sql).fetchone()
        except psycopg.OperationalError:
            return None

    def tick(self):
        """Send the task that beat sends every ten seconds."""
        with Connection(self.broker) as connection:
            Celery().send_task("disbursements.tasks.book", connection=connection)

    def upload(self):
        """Send the bank's file until the web server answers that it has it."""
        for _try in range(300):
            status = self.send()
            if status in (200, 409):
                return status
            time.sleep(0.3)
        raise AssertionError(f"the file was never taken: {status}")

    def send(self):
        border, name = "border", 'name="file"; filename="bank.csv"'
        body = f"--{border}\r\nContent-Disposition: form-data; {name}\r\n\r\n".encode()
        body += self.facts["content"].encode() + f"\r\n--{border}--\r\n".encode()
        head = {"Authorization": f"Token {self.facts['token']}"}
        head["Content-Type"] = f"multipart/form-data; boundary={border}"
        address = (
            f"http://127.0.0.1:{self.port}/api/v1/payments/{self.facts['batch']}/confirmations/"
        )
        try:
            request = urllib.request.Request(address, body, head)
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status
        except urllib.error.HTTPError as refusal:
            return refusal.code
        except OSError:
            return 0


def children_of(pid):
    """The processes that a process started."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            text = place.read_text()
            if int(text.rpartition(")")[2].split()[1]) == pid:
                found.append(int(place.parent.name))
    return found


def torment(place, kills, seconds=300):
    """Read the bank's file while servers are killed, each once so many payments are booked.

    ``kills`` are (share of the payments, name). Gives those that met work, as (name, booked).
    """
    begun, met, left = time.monotonic(), [], sorted(kills)
    reader = threading.Thread(target=place.upload)
    reader.start()
    while time.monotonic() - begun < seconds:
        booked = place.ask(COUNT)
        if left and booked and booked[0] >= left[0][0] * place.payments:
            name = left.pop(0)[1]
            place.kill(name)
            met.append((name, booked[0]))
            place.start(name)
        if not left and place.ask(WAITING) == (0, place.payments):
            break
        place.tick()
        time.sleep(0.1)
    reader.join()
    return met


def verdict(place):
    """Check ledger and history; return (payments, won, tranches, keys) of the ledger."""
    for command in ("check_ledger", "verify_history"):
        place.run("manage.py", command)
    return place.ask(SUMS)


if __name__ == "__main__":
    fill(int(sys.argv[1]))
