"""Ceilings: the national funds that a ministry may promise in a year."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.permissions import RecordQuerySet
from foundation.models import Record


class CeilingQuerySet(RecordQuerySet):
    def for_list(self):
        return self.prefetch_related("ministry__spells")


class Ceiling(Record):
    """National funds of one ministry in one fiscal year, in won, for all projects together."""

    class State(models.TextChoices):
        SET = "set", _("set")

    view_permission = "projects.view_ceiling"
    places = {"ministry": "ministry"}

    ministry = models.ForeignKey(
        Organisation, models.PROTECT, related_name="ceilings", verbose_name=_("ministry")
    )
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    won = models.BigIntegerField(_("national funds in won"))
    state = models.CharField(max_length=20, choices=State, default="", editable=False)

    objects = CeilingQuerySet.as_manager()

    class Meta:
        verbose_name = _("ceiling")
        constraints = [
            models.UniqueConstraint(
                fields=["ministry", "fiscal_year"], name="ceiling_once_in_a_year"
            ),
            models.CheckConstraint(condition=models.Q(won__gte=0), name="ceiling_is_no_debt"),
            models.CheckConstraint(
                condition=models.Q(fiscal_year__range=(2000, 2100)),
                name="ceiling_year_is_possible",
            ),
        ]

    def __str__(self):
        return f"{self.ministry} {self.fiscal_year}"

    def get_absolute_url(self):
        return reverse("projects:ceiling", args=[self.pk])

    def content(self):
        return {"ministry": self.ministry_id, "year": self.fiscal_year, "won": self.won}
