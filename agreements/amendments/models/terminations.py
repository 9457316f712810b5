"""Termination of an agreement: prepared by one coordinator, decided by another."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, User
from accounts.permissions import RecordQuerySet
from agreements.versions.models import Agreement, Version
from foundation.models import Record


class TerminationQuerySet(RecordQuerySet):
    def for_list(self):
        return self.select_related(
            "agreement", "version", "prepared_by", "decided_by"
        ).prefetch_related("organisation__spells")


class Termination(Record):
    """A termination (협약 해약): by whom, on which ground, and what happens to unspent money."""

    class State(models.TextChoices):
        PREPARED = "prepared", pgettext_lazy("termination", "prepared")
        DECIDED = "decided", pgettext_lazy("termination", "decided")
        WITHDRAWN = "withdrawn", pgettext_lazy("termination", "withdrawn")

    class Ground(models.TextChoices):
        MUTUAL = "mutual", _("by mutual agreement")
        BREACH = "breach", _("for a breach of the agreement")
        PURPOSE_LOST = "purpose_lost", _("because its purpose can no longer be attained")

    class Unspent(models.TextChoices):
        RETURNED = "returned", _("returned at once")
        SETTLED = "settled", _("carried to the settlement")

    FIELDS = ["organisation", "ground", "resolution", "resolved_on", "unspent"]

    view_permission = "agreements.view_amendment"
    part_of = "agreement"
    places = {
        "parties": "agreement__versions__parties__organisation",
        "applicant": "agreement__proposal__applicant",
    }

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="terminations")
    version = models.ForeignKey(Version, models.PROTECT, related_name="terminations")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("terminated by")
    )
    ground = models.CharField(_("ground"), max_length=20, choices=Ground)
    resolution = models.CharField(_("number of the resolution"), max_length=60)
    resolved_on = models.DateField(_("resolved on"))
    unspent = models.CharField(_("unspent money is"), max_length=20, choices=Unspent)
    reason = models.TextField(_("facts and reasons"))
    due_on = models.DateField(_("due on"), null=True, editable=False)
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = TerminationQuerySet.as_manager()

    class Meta:
        verbose_name = _("termination")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("prepared_by")),
                name="termination_four_eyes",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="decided") | models.Q(decided_by__isnull=False),
                name="termination_decided_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=models.Q(state__in=["prepared", "decided"]),
                name="termination_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on", "id"], name="termination_due")]

    def __str__(self):
        return _("%s: termination") % self.agreement

    def get_absolute_url(self):
        if self.pk is None:
            return self.agreement.get_absolute_url()
        return reverse("agreements:termination", args=[self.pk])

    def content(self):
        return {
            "version": self.version_id,
            "organisation": self.organisation_id,
            "ground": self.ground,
            "resolution": self.resolution,
            "resolved_on": str(self.resolved_on),
            "unspent": self.unspent,
            "reason": self.reason,
            "due_on": str(self.due_on or ""),
        }
