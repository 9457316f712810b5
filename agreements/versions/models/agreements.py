"""The identity of an agreement."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.permissions import RecordQuerySet
from foundation.models import Record
from foundation.time import clock
from projects.models import Proposal


class AgreementQuerySet(RecordQuerySet):
    def for_list(self):
        return self.select_related("proposal").prefetch_related(
            "proposal__applicant__spells", "lead_ministry__spells", "versions"
        )


class Agreement(Record):
    """The identity of an agreement; its text is in its versions."""

    view_permission = "agreements.view_version"
    places = {
        "parties": "versions__parties__organisation",
        "applicant": "proposal__applicant",
        "reviewing": "proposal__components__reviews__ministry",
    }

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="agreement")
    number = models.CharField(_("number"), max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=200)
    lead_ministry = models.ForeignKey(
        Organisation, models.PROTECT, related_name="led_agreements", verbose_name=_("lead ministry")
    )
    drafted_at = models.DateTimeField(default=clock.now)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        indexes = [models.Index(fields=["-drafted_at", "-id"], name="agreement_newest")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("agreements:agreement", args=[self.pk])

    def current(self):
        """The version that counts, else the one in the making; prefetch ``versions`` for lists."""
        versions = [v for v in self.versions.all() if v.state != "dropped"]
        counting = [v for v in versions if v.counts]
        return max(counting or versions, key=lambda version: version.number)
