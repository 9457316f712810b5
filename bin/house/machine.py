"""Warn if this machine is much slower than the one with which the times were measured."""

import os
import tempfile
import time

from .places import HOUSE, say

LOOP_SECONDS = 0.040  # of ``count_up`` on the machine of the announced times
SYNC_SECONDS = 0.010  # of one ``write_and_sync``
MUCH = 3  # times slower


def warn_if_slow():
    """Print one sentence if the processor or the disk is several times slower."""
    slower = {
        "processor": fastest(count_up) / LOOP_SECONDS,
        "disk": fastest(write_and_sync) / SYNC_SECONDS / MUCH,  # it varies more
    }
    for name, times in slower.items():
        if times >= MUCH:
            say(f"The {name} of this machine is {times:.0f} times slower now: expect longer.")


def fastest(work):
    """The seconds of the best of three tries: what the machine can do, not what else it does."""
    tries = []
    for _try in range(3):
        begun = time.perf_counter()
        work()
        tries.append(time.perf_counter() - begun)
    return min(tries)


def count_up():
    total = 0
    for number in range(1_000_000):
        total += number % 7
    return total


def write_and_sync():
    HOUSE.mkdir(exist_ok=True)
    with tempfile.TemporaryFile(dir=HOUSE) as file:
        file.write(b"x" * 1_000_000)
        file.flush()
        os.fsync(file.fileno())
