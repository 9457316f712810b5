"""The launcher: real servers come up, answer, and end with the process that started them."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
HAS_PACKAGES = (ROOT / ".house/venv/bin/python").exists()
LAUNCH = """
import sys
sys.path.insert(0, "bin")
from pathlib import Path
from house.servers import Servers
servers = Servers(Path(sys.argv[1]), fast=True)
names = servers.start()
print(names["DATABASE_URL"], names["REDIS_URL"], flush=True)
sys.stdin.read()
servers.stop()
"""

pytestmark = pytest.mark.skipif(not HAS_PACKAGES, reason="the environment was not made by bin/test")


@pytest.fixture
def launcher(tmp_path):
    for folder in (tmp_path, *tmp_path.parents):
        if folder.name.startswith("pytest-of"):
            break
        folder.chmod(0o755)
    environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")}
    process = subprocess.Popen(
        [sys.executable, "-c", LAUNCH, str(tmp_path / "state")],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.wait()
    stand_in = tmp_path / "state" / "data-is-in.txt"
    if stand_in.exists():
        shutil.rmtree(stand_in.read_text().strip(), ignore_errors=True)


def addresses(process):
    for line in process.stdout:
        if line.startswith("postgres://"):
            return line.split()
    raise AssertionError("the launcher ended")


def are_up(database, queue):
    try:
        with psycopg.connect(database, connect_timeout=2):
            return redis.Redis.from_url(queue).ping()
    except (psycopg.OperationalError, redis.ConnectionError):
        return False


def wait_until_down(database, queue):
    for _try in range(100):
        if not are_up(database, queue):
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("end", ["orderly", signal.SIGTERM, signal.SIGKILL])
def test_servers_come_up_and_end_with_their_launcher(launcher, end):
    database, queue = addresses(launcher)
    assert are_up(database, queue)

    launcher.stdin.close() if end == "orderly" else launcher.send_signal(end)

    assert wait_until_down(database, queue)
