"""Thirty-two officers on one line of money without pause; for longer: ``benchmarks.writers``."""

import pytest

from . import writers

pytestmark = pytest.mark.django_db(transaction=True)


def test_thirty_two_writers_lose_double_and_overspend_nothing(line):
    tally = writers.together(line, writers=32, seconds=2)

    assert tally.done.total() > 32
    assert not tally.failed
    writers.check(line, tally)
