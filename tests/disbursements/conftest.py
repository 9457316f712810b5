"""An agreement in force, and the lines of money that it opened."""

import pytest

from tests import factories

from . import acts


@pytest.fixture
def version(cast, call):
    version = factories.in_force(cast, call)
    acts.many_tranches(cast)
    return version


@pytest.fixture
def line(version):
    """National funds of MOTIR's component in 2027: a million won is promised."""
    return acts.line()


@pytest.fixture
def voted(cast, line):
    """The same line with a vote of the promised million won."""
    return acts.vote(cast, line, 1_000_000)
