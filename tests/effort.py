"""How much a test tries: little by default, much with ``bin/test --long`` (docs/testing.md)."""

import os

LONG = os.environ.get("TEST_LONG") == "1"


def effort(short, long):
    """The number of rounds or examples of this run."""
    return long if LONG else short
