"""The PDF document of a frozen text, from no signature to all signatures."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import RecordQuerySet
from agreements.versions.models import Version
from foundation.time import clock


class DeedQuerySet(RecordQuerySet):
    def newest_first(self):
        return self.order_by("-edition", "-number", "-pk")

    def without_bytes(self):
        """Defer file and text, for pages and lists that show only the facts of a file."""
        return self.defer("pdf", "text")


class Deed(models.Model):
    """One state of the PDF file of one edition: as it was frozen, then with each signature.

    Number 0 is the PDF made from ``text`` when it was frozen. Every later one begins with all
    bytes of the one before and holds one more signature. Rows are never changed; a trigger checks
    that each one extends the one before.
    """

    view_permission = "agreements.view_version"
    places = {
        "parties": "version__parties__organisation",
        "applicant": "version__agreement__proposal__applicant",
        "reviewing": "version__agreement__proposal__components__reviews__ministry",
    }

    version = models.ForeignKey(Version, models.PROTECT, related_name="deeds")
    edition = models.PositiveSmallIntegerField(_("edition"))
    number = models.PositiveSmallIntegerField(_("signatures"))
    digest = models.CharField(max_length=64)
    text = models.JSONField(null=True)
    pdf = models.BinaryField()
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)

    objects = DeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "edition", "number"], name="deed_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number=0, text__isnull=False) | (Q(number__gt=0) & Q(text=None)),
                name="deed_begins_with_its_text",
            ),
        ]

    def __str__(self):
        return f"{self.version.agreement.number}-{self.version.number}-{self.edition}-{self.number}"
