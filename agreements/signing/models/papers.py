"""Signatures on paper: scans of signed prints."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import RecordQuerySet
from agreements.versions.models import Party
from foundation.models import Record


class PaperSignatureQuerySet(RecordQuerySet):
    def for_page(self):
        rows = self.select_related("party__version__agreement", "entered_by", "confirmed_by")
        return rows.prefetch_related("party__organisation__spells").defer("scan")


class PaperSignature(Record):
    """The scan of a signed print, entered by one person and confirmed by another.

    It counts only when it is confirmed, for the text whose ``digest`` is printed on every page.
    The scan itself never changes.
    """

    class State(models.TextChoices):
        ENTERED = "entered", _("waits to be confirmed")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("not accepted")

    view_permission = "agreements.view_paper"
    part_of = "party"
    places = {
        "organisation": "party__organisation",
        "siblings": "party__version__parties__organisation",
    }

    party = models.ForeignKey(Party, models.PROTECT, related_name="papers")
    digest = models.CharField(max_length=64, editable=False)
    signatory = models.CharField(_("signatory"), max_length=100)
    office = models.CharField(_("office"), max_length=100)
    authority = models.CharField(_("authority"), max_length=200)
    document_number = models.CharField(_("document number"), max_length=100)
    signed_on = models.DateField(_("signed on"))
    scan = models.BinaryField(editable=False)
    name = models.CharField(_("name of the file"), max_length=200, editable=False)
    media_type = models.CharField(max_length=100, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    entered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = PaperSignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature on paper")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | (Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("entered_by"))),
                name="paper_four_eyes",
            ),
            models.UniqueConstraint(
                fields=["party"], condition=Q(state="entered"), name="paper_one_waits"
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="paper_by_state")]

    def __str__(self):
        return f"{self.party.name}: {self.signatory}, {self.office}"

    def get_absolute_url(self):
        return reverse("agreements:paper", args=[self.pk])

    def content(self):
        names = ("digest", "signatory", "office", "authority", "document_number", "sha256")
        return {name: getattr(self, name) for name in names} | {"signed_on": str(self.signed_on)}
