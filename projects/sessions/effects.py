"""What follows from recording a session."""

from foundation.time import clock


def note_the_day_of_record(session):
    session.recorded_on = clock.today()
