"""Webhook addresses, and the notices relayed to them and to other channels."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from foundation.time import clock

from .outgoing import Outgoing

SAFE = r"^(https://|http://(127\.0\.0\.1|localhost|\[::1\])(:[0-9]+)?(/|$))"  # or this machine


def new_secret():
    return secrets.token_hex(32)


class Hook(models.Model):
    """A webhook: an address that receives every mailed notice, of all people or one organisation.

    ``secret`` is the key of the signature of each request (HMAC-SHA-256).
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, verbose_name=_("organisation")
    )
    url = models.URLField(_("address"), max_length=500)
    secret = models.CharField(_("secret"), max_length=64, default=new_secret)
    is_on = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "url"], nulls_distinct=False, name="hook_once"
            ),
            models.CheckConstraint(
                condition=models.Q(url__regex=SAFE),
                name="hook_is_encrypted",
                violation_error_message=_("The address begins with https://."),
            ),
            models.CheckConstraint(
                condition=~models.Q(secret=""),
                name="hook_has_a_secret",
            ),
        ]

    def __str__(self):
        return self.url


class RelayQuerySet(models.QuerySet):
    def waiting(self, now):
        rows = self.filter(sent_at=None, failed_at=None, retry_at__lte=now)
        return rows.order_by("retry_at", "pk")

    def to(self, channel, target):
        return self.filter(channel=channel, target=target)

    def try_again(self):
        """Queue the failed ones of these rows again, with no attempts counted."""
        afresh = {"failed_at": None, "attempts": 0, "retry_at": clock.now()}
        return self.filter(failed_at__isnull=False).update(**afresh)


class Relay(Outgoing):
    """The payload of a mail for one target of another channel; each mail once."""

    channel = models.CharField(_("channel"), max_length=40)
    target = models.CharField(_("target"), max_length=100)
    message_id = models.CharField(max_length=120)
    payload = models.JSONField()
    sent_at = models.DateTimeField(_("sent at"), null=True)

    objects = RelayQuerySet.as_manager()

    class Meta:
        verbose_name = _("relayed notice")
        verbose_name_plural = _("relayed notices")
        constraints = [
            models.UniqueConstraint(fields=["channel", "target", "message_id"], name="relay_once"),
            models.CheckConstraint(
                condition=models.Q(sent_at=None) | models.Q(failed_at=None),
                name="relay_sent_has_not_failed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["retry_at", "id"],
                condition=models.Q(sent_at=None, failed_at=None),
                name="relay_waiting",
            ),
        ]

    def __str__(self):
        return f"{self.channel} {self.target} {self.message_id}"
