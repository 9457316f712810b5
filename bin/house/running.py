"""Child processes that end when the launcher ends."""

import contextlib
import os
import signal
import subprocess
import sys

from .places import ASSETS, HOUSE, PYTHON, ROOT, say
from .servers import die_with_parent


def settings_of(folder, names):
    """The environment of the product's processes."""
    secret = folder / "secret"
    if not secret.exists():
        secret.write_text(os.urandom(32).hex())
        secret.chmod(0o600)
    given = {"SECRET_KEY": secret.read_text(), "ASSETS": str(ASSETS), "PYTHONPATH": str(ROOT)}
    given["TRUSTED_CERTIFICATES"] = str(folder / "trusted")
    kept = {"PYTHONPYCACHEPREFIX": str(HOUSE / "bytecode"), "PYTHONDONTWRITEBYTECODE": ""}
    ours = {"DJANGO_SETTINGS_MODULE": "config.settings"} | kept  # else each start compiles all
    return given | dict(os.environ) | names | ours


def manage(environment, *words):
    """Run a management command and print its output; if it fails, exit with its code."""
    for line in lines_of(environment, *words):
        say(line)


def lines_of(environment, *words):
    """Yield the lines that a management command prints; if it fails, exit with its code.

    It runs in a session of its own: Ctrl-C ends the launcher, which then ends it.
    """
    process = subprocess.Popen(
        [PYTHON, "-u", ROOT / "manage.py", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: die_with_parent(signal.SIGTERM),
    )
    try:
        for line in process.stdout:
            yield line.strip()
        if code := process.wait():
            sys.exit(code)
    finally:
        process.terminate()
        process.wait()


class Children:
    """The product's own processes, each in a session of its own so that we end them in order."""

    def __init__(self, environment, folder):
        self.environment, self.folder, self.running = environment, folder, {}

    def start(self, name, *words):
        log = (self.folder / f"{name}.log").open("ab")
        self.running[name] = subprocess.Popen(
            [PYTHON, "-m", *words],
            cwd=ROOT,
            env=self.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=lambda: die_with_parent(signal.SIGTERM),
        )

    def first_ended(self):
        return next(
            (name for name, child in self.running.items() if child.poll() is not None), None
        )

    def stop(self):
        for child in self.running.values():
            if child.poll() is None:
                child.terminate()
        for name, child in self.running.items():
            try:
                child.wait(timeout=15)
            except subprocess.TimeoutExpired:
                say(f"{name} does not end; killing it.")
            end_group(child)


def end_group(child):
    """Kill what a child left running in its session."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


def end_on_signals():
    """SIGTERM ends us as Ctrl-C does: through ``finally``."""

    def end(number, frame):
        sys.exit(128 + number)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGHUP, end)


def ignore_signals():
    """Ignore further signals, so that stopping is completed."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
