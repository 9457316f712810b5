"""Amendments of an agreement in force, and the heirs of divided ministries."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, User
from accounts.permissions import RecordQuerySet
from agreements.versions.models import Agreement, Version
from foundation.models import Record
from projects.models import Component


class AmendmentQuerySet(RecordQuerySet):
    def for_list(self):
        return self.select_related("agreement", "base", "version", "proposed_by").prefetch_related(
            "organisation__spells"
        )


class Amendment(Record):
    """An amendment (협약 변경) that a party proposes; it makes the next version.

    ``base`` is the version in force when it was proposed. An agreement has at most one open
    amendment, because it has at most one version in the making.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("amendment", "under way")
        IN_FORCE = "in_force", pgettext_lazy("amendment", "in force")
        WITHDRAWN = "withdrawn", pgettext_lazy("amendment", "withdrawn")

    view_permission = "agreements.view_amendment"
    part_of = "agreement"
    places = {
        "organisation": "organisation",
        "base": "base__parties__organisation",
        "parties": "agreement__versions__parties__organisation",
        "applicant": "agreement__proposal__applicant",
    }

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="amendments")
    base = models.ForeignKey(Version, models.PROTECT, related_name="amendments")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="amendments", verbose_name=_("proposing party")
    )
    reason = models.TextField(_("what is to change, and why"))
    due_on = models.DateField(_("due on"), null=True, editable=False)
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("amendment")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"],
                condition=models.Q(state="proposed"),
                name="amendment_one_at_a_time",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="amendment_has_a_reason"),
        ]
        indexes = [models.Index(fields=["agreement", "-id"], name="amendment_newest")]

    def __str__(self):
        version = getattr(self, "version", None)
        if version is None:
            return _("%s: amendment") % self.agreement
        words = {"agreement": self.agreement, "number": version.number}
        return _("%(agreement)s: amendment to version %(number)s") % words

    def get_absolute_url(self):
        if self.pk is None:
            return self.agreement.get_absolute_url()
        return reverse("agreements:amendment", args=[self.pk])

    def content(self):
        return {
            "base": self.base_id,
            "organisation": self.organisation_id,
            "reason": self.reason,
            "due_on": str(self.due_on or ""),
        }


class Heir(models.Model):
    """The body that was decided to be responsible for a component of a divided ministry."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="heirs")
    component = models.ForeignKey(Component, models.PROTECT, related_name="heirs")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="inherited", verbose_name=_("heir")
    )

    class Meta:
        verbose_name = _("heir of a divided ministry")
        constraints = [models.UniqueConstraint(fields=["version", "component"], name="heir_once")]

    def __str__(self):
        return f"{self.component_id} {self.organisation_id}"

    def text(self):
        return [self.component_id, self.organisation_id]
