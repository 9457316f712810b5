"""The keys with which the system signs for organisations."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from foundation.time import clock


class SigningKeyQuerySet(models.QuerySet):
    def active(self):
        return self.filter(retired_at=None)


class SigningKey(models.Model):
    """The key and certificate of an organisation, as an encrypted PKCS#12 file.

    Its password is derived from ``SIGNING_SECRET`` and ``salt``; neither it nor the key is ever
    shown, logged or sent. A retired key is kept: its certificate proves old signatures.
    """

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="signing_keys",
        verbose_name=_("organisation"),
    )
    pkcs12 = models.BinaryField(editable=False)
    salt = models.BinaryField(editable=False)
    certificate = models.BinaryField(editable=False)
    subject = models.CharField(_("subject of the certificate"), max_length=300, editable=False)
    serial = models.CharField(_("serial number"), max_length=60, editable=False)
    fingerprint = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    valid_from = models.DateTimeField(_("valid from"), editable=False)
    valid_until = models.DateTimeField(_("valid until"), editable=False)
    entered_at = models.DateTimeField(_("entered"), default=clock.now, editable=False)
    retired_at = models.DateTimeField(_("retired"), null=True, editable=False)

    objects = SigningKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(retired_at=None),
                name="signing_key_one_active",
            )
        ]

    def __str__(self):
        return self.subject
