"""Who of many that could do one thing does it."""

from django.db import models


class Lease(models.Model):
    """That of many which could do one thing, one does it: ``holder``, until a moment.

    ``renewed_at`` is the heartbeat: of a holder that died it grows old.
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
