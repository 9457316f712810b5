"""Commitments: the amounts that a version in force promises."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.models import Component, WonLine

from .versions import Version


class Commitment(WonLine):
    """One promised amount (won) of a version in force; append-only."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="commitments")
    component = models.ForeignKey(Component, models.PROTECT, related_name="commitments")

    class Meta:
        verbose_name = _("commitment")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "component", "fiscal_year", "source"], name="commitment_once"
            ),
            models.CheckConstraint(condition=Q(won__gt=0), name="commitment_is_positive"),
        ]
