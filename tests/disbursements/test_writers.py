"""Thirty-two officers on one line of money without pause; for longer: ``benchmarks.writers``."""

import pytest

from . import acts, writers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("concurrency")]


def test_thirty_two_writers_lose_double_and_overspend_nothing(cast, line):
    acts.many_tranches(cast)
    tally = writers.together(line, writers=32, seconds=2)

    assert tally.done.total() > 32
    assert not tally.failed
    writers.check(line, tally)
