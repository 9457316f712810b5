"""Leases, by which one of several processes runs a task."""

from django.db import models


class Lease(models.Model):
    """The right of one process, ``holder``, to run something until a moment.

    ``renewed_at`` is the heartbeat: if the holder has died, it is no longer updated.
    """

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=100)
    since = models.DateTimeField()
    renewed_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("renewed_at")), name="lease_ends_later"
            )
        ]

    def __str__(self):
        return f"{self.name}: {self.holder}"
