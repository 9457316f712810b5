"""Parts of a proposal: sections, indicators, risks, other funding, and unsaved text."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from foundation.time import clock
from projects.calls.models import SectionName

from .components import Component
from .proposals import Proposal


class Section(models.Model):
    """One written section of a proposal."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="sections")
    name = models.CharField(max_length=20, choices=SectionName)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("section")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "name"], name="section_once_in_a_proposal")
        ]

    def __str__(self):
        return self.get_name_display()


class Indicator(models.Model):
    """An indicator: its value today (baseline) and a target for each year."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="indicators")
    component = models.ForeignKey(
        Component,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("component"),
    )
    title = models.CharField(_("indicator"), max_length=200)
    unit = models.CharField(_("unit"), max_length=40)
    baseline = models.DecimalField(_("baseline"), max_digits=18, decimal_places=3)
    method = models.CharField(_("how it is measured"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("indicator")

    def __str__(self):
        return self.title

    def content(self):
        return {
            "id": self.pk,
            "component": self.component_id,
            "title": self.title,
            "unit": self.unit,
            "baseline": plain_number(self.baseline),
            "method": self.method,
            "targets": {str(t.year): plain_number(t.value) for t in self.targets.all()},
        }


class Target(models.Model):
    """The target of an indicator for one year."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets")
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.DecimalField(_("target"), max_digits=18, decimal_places=3)

    class Meta:
        verbose_name = _("target")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="target_once_a_year")
        ]


def plain_number(value):
    """A decimal as the shortest text of the same number: 12.500 as ``12.5``."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Risk(models.Model):
    """A risk with its likelihood, impact and measure against it."""

    class Level(models.TextChoices):
        LOW = "low", _("low")
        MEDIUM = "medium", _("medium")
        HIGH = "high", _("high")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="risks")
    title = models.CharField(_("what may go wrong"), max_length=200)
    likelihood = models.CharField(_("likelihood"), max_length=10, choices=Level)
    impact = models.CharField(_("impact"), max_length=10, choices=Level)
    measure = models.TextField(_("what is done about it"))

    class Meta:
        verbose_name = _("risk")

    def __str__(self):
        return self.title

    def content(self):
        levels = {"likelihood": self.likelihood, "impact": self.impact}
        return {"id": self.pk, "title": self.title, "measure": self.measure} | levels


class OtherFunding(models.Model):
    """Other funding for the same purpose: running, requested or promised."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="other_funding")
    title = models.CharField(_("programme"), max_length=200)
    ministry = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ministry"),
    )
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    won = models.BigIntegerField(_("won"), validators=[MinValueValidator(0)])
    difference = models.TextField(_("how it differs from this proposal"), blank=True)

    class Meta:
        verbose_name = _("other funding")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year"), won__gte=0),
                name="other_funding_is_possible",
            )
        ]

    def __str__(self):
        return self.title

    def content(self):
        return {
            "id": self.pk,
            "title": self.title,
            "ministry": self.ministry_id,
            "years": [self.first_year, self.last_year],
            "won": self.won,
            "difference": self.difference,
        }


class Jotting(models.Model):
    """Unsaved text of one person in one form of a proposal (a draft).

    ``base`` is the digest of what was saved when the form was opened. Only its writer sees it;
    saving the form, or discarding, deletes it.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="jottings")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    place = models.CharField(max_length=60)
    base = models.CharField(max_length=64)
    values = models.JSONField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("unsaved text")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person", "place"], name="jotting_once")
        ]
