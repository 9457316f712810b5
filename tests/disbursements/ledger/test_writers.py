"""Thirty-two officers write to one line of money at once; longer: ``benchmarks.writers``."""

import pytest

from tests.disbursements import writers

pytestmark = pytest.mark.django_db(transaction=True)


def test_thirty_two_writers_lose_double_and_overspend_nothing(line):
    tally = writers.together(line, writers=32, seconds=2)

    assert len(tally.done) > 1  # orders of several kinds, however slow the machine is
    assert not tally.failed
    writers.check(line, tally)
