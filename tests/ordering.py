"""The order of test files, and what a run prints while it goes on: hooks of pytest.

Files that take longest come first, so that all processes end at the same time; the seconds of
each are in ``seconds.json``, which ``bin/test --record-seconds`` writes.
"""

import json
import random
from collections import Counter
from pathlib import Path

import pytest

FILE = Path(__file__).with_name("seconds.json")
UNKNOWN = 5  # seconds of a file that was never measured


def pytest_addoption(parser):
    parser.addoption("--shuffle", metavar="SEED", help="files, and the tests in each, shuffled")
    parser.addoption("--record-seconds", action="store_true", help="write tests/seconds.json")


def pytest_configure(config):
    if not hasattr(config, "workerinput"):  # the one process that all others report to
        config.pluginmanager.register(Reports(config), "as-it-goes")


def pytest_collection_modifyitems(config, items):
    seed = config.getoption("shuffle")
    if seed is None and not hasattr(config, "workerinput"):
        return  # one process: as they were named
    if seed is None:
        seconds = json.loads(FILE.read_text()) if FILE.exists() else {}
        items.sort(
            key=lambda item: (-seconds.get(file_of(item.nodeid), UNKNOWN), file_of(item.nodeid))
        )
        return
    chance = random.Random(seed)
    chance.shuffle(items)
    files = sorted({file_of(item.nodeid) for item in items})
    chance.shuffle(files)
    items.sort(key=lambda item: files.index(file_of(item.nodeid)))


def file_of(nodeid):
    return nodeid.partition("::")[0]


class Reports:
    """Prints a failure as soon as it is known, in one line, and adds up the seconds of files."""

    def __init__(self, config):
        self.config, self.seconds = config, Counter()

    def pytest_runtest_logreport(self, report):
        self.seconds[file_of(report.nodeid)] += report.duration
        if report.failed:
            crash = getattr(report.longrepr, "reprcrash", None)
            reason = crash.message.splitlines()[0] if crash and crash.message else report.when
            printer = self.config.pluginmanager.get_plugin("terminalreporter")
            printer.write_line(f"\nFAILED {report.nodeid}: {reason}", red=True)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session):
        if self.config.getoption("record_seconds"):
            rounded = {file: round(took, 1) for file, took in sorted(self.seconds.items())}
            FILE.write_text(json.dumps(rounded, indent=0) + "\n")
