"""Celery's scheduler with a lease: only one of several started schedulers is active."""

import os
import socket
import uuid

from celery.beat import PersistentScheduler
from django.db import DatabaseError, connection

NAME, SPAN, PAUSE = "beat", 30, 5  # seconds: how long a lease lasts, how often it is asked for


class OneScheduler(PersistentScheduler):
    """Starts tasks only while it holds the lease; another takes over once that has expired.

    The lease is renewed at every tick, so its age is the heartbeat that the health page
    shows. A task that a successor starts again finds its work done.
    """

    def __init__(self, *args, **kwargs):
        self.holder = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        super().__init__(*args, **kwargs)

    def tick(self, *args, **kwargs):
        if not self.holds():
            return PAUSE
        return min(super().tick(*args, **kwargs), PAUSE)

    def holds(self):
        from reminders.outbox.leases import take  # noqa: PLC0415 -- it imports models

        try:
            return take(NAME, self.holder, SPAN)
        except DatabaseError:
            connection.close()
            return False
