"""Files attached to a proposal."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from projects.calls.models import PaperKind
from projects.proposals.models import Proposal


class Attachment(models.Model):
    """A file of a proposal; one that a submitted revision names is marked removed, never deleted.

    Only ``removed`` of a row ever changes; a trigger enforces both rules.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="attachments")
    kind = models.CharField(_("kind"), max_length=20, choices=PaperKind)
    name = models.CharField(_("name of the file"), max_length=200)
    file = models.FileField(_("file"), max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    note = models.CharField(_("note"), max_length=300, blank=True)
    removed = models.BooleanField(default=False, editable=False)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("attachment")
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="attachment_is_not_empty"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="attachment_has_a_digest"
            ),
            models.UniqueConstraint(
                fields=["proposal", "sha256"],
                condition=Q(removed=False),
                name="attachment_once_in_a_proposal",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("projects:attachment", args=[self.pk])

    def content(self):
        return {
            "id": self.pk,
            "kind": self.kind,
            "name": self.name,
            "media_type": self.media_type,
            "size": self.size,
            "sha256": self.sha256,
            "note": self.note,
        }
