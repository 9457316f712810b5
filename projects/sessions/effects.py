"""Effects of recording a session."""

from foundation.time import clock


def set_recorded_on(session):
    session.recorded_on = clock.today()
