"""The secret address of a person's calendar."""

import secrets
from hashlib import sha256

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.time import clock

from .people import User

BYTES = 32  # of randomness in an address


def digest_of_secret(secret):
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


class FeedQuerySet(models.QuerySet):
    def open(self):
        return self.filter(revoked_at=None)

    def of_secret(self, secret):
        """The open feed behind an address, of somebody who still has an account."""
        found = self.open().filter(digest=digest_of_secret(secret), person__is_active=True)
        return found.select_related("person").first()

    @transaction.atomic
    def make(self, person, *, instead_of):
        """A new secret for ``person``, never shown again; None if ``instead_of`` is not theirs now.

        ``instead_of`` is the key of the feed that the person saw, which is revoked, or None.
        """
        if not self.is_still(person, instead_of):
            return None
        self.open().filter(person=person).update(revoked_at=clock.now())
        secret = secrets.token_urlsafe(BYTES)
        self.create(person=person, digest=digest_of_secret(secret))
        return secret

    @transaction.atomic
    def revoke(self, person, *, instead_of):
        """Close the address; False if there is none, or another one by now."""
        if instead_of is None or not self.is_still(person, instead_of):
            return False
        return bool(self.open().filter(person=person).update(revoked_at=clock.now()))

    def is_still(self, person, key):
        """Whether this is the open feed of ``person``; a concurrent request waits."""
        User.objects.select_for_update().get(pk=person.pk)
        return self.open().filter(person=person).values_list("pk", flat=True).first() == key


class Feed(models.Model):
    """The secret calendar address of a person's open work, stored as its SHA-256 only.

    One address is open at a time, and what was revoked stays revoked (trigger
    ``feed_stays``).
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    revoked_at = models.DateTimeField(null=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar address")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at=None), name="feed_one_open"
            ),
            models.CheckConstraint(
                condition=Q(digest__regex="^[0-9a-f]{64}$"), name="feed_holds_a_digest"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("made_at")),
                name="feed_ends_after_it_began",
            ),
        ]

    def __str__(self):
        return f"{self.person_id} {self.made_at}"
