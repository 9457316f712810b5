"""Base of outgoing mails and webhook calls: attempts, retries and failures."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.time import clock


class Outgoing(models.Model):
    """A row that is tried until it is accepted, or has failed until somebody decides."""

    failed_at = models.DateTimeField(_("failed at"), null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(default=clock.now)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    def becomes(self, **fate):
        """Set and save the given fields."""
        for name, value in fate.items():
            setattr(self, name, value)
        self.save(update_fields=list(fate))
