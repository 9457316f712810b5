"""What leaves the house has been tried, and is tried again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.time import clock


class Outgoing(models.Model):
    """What is tried until it is taken, or has failed until somebody decides."""

    failed_at = models.DateTimeField(_("failed at"), null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(default=clock.now)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    def becomes(self, **fate):
        """Write down what became of it."""
        for name, value in fate.items():
            setattr(self, name, value)
        self.save(update_fields=list(fate))
