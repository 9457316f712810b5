"""SIGKILL to web server, worker and PostgreSQL at random, while 1,000 payments are booked.

An installation of its own with a PostgreSQL that writes through (fsync). At the end: how many
payments are there, whether any is there twice, and the results of check_ledger and
verify_history.
"""

import random
import sys
import tempfile
import time
from pathlib import Path

from tests.disbursements.crashing import KINDS, Installation, torment, verdict

PAYMENTS, KILLS = 1_000, 12


def main(payments=PAYMENTS, kills=KILLS):
    planned = [(random.uniform(0.01, 0.95), random.choice(KINDS)) for _n in range(kills)]
    with tempfile.TemporaryDirectory() as folder:
        place = Installation(Path(folder), payments)
        try:
            place.begin()
            begun = time.monotonic()
            met = torment(place, planned)
            seconds = time.monotonic() - begun
            count, won, tranches, keys = verdict(place)
        finally:
            place.end()
    print(f"{len(met)} kills in {seconds:.0f} s: {', '.join(f'{n} at {b}' for n, b in met)}")
    print(f"{count} of {payments} payments, {tranches} tranches, {keys} keys")
    print(f"{won:,} won of {place.facts['won']:,}; check_ledger and verify_history agree")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
