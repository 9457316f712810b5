"""Components of a proposal, each funded by one ministry, with their yearly budget."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from plans.models import Goal, Standard
from projects.calls.models import ComponentKind

from .lines import WonLine, lines_content, plain
from .proposals import Proposal


class ComponentQuerySet(models.QuerySet):
    def live(self):
        return self.filter(dropped=False).order_by("pk")


class Component(models.Model):
    """The smallest funded part of a proposal; one ministry is competent for it.

    A component that a ministry has already been asked about is dropped, not deleted.
    """

    Kind = ComponentKind

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="components")
    title = models.CharField(_("title"), max_length=200)
    ministry = models.ForeignKey(
        Organisation, models.PROTECT, related_name="components", verbose_name=_("ministry")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.PROGRAMME)
    description = models.TextField(_("what will be done"), blank=True)
    goals = models.ManyToManyField(
        Goal,
        blank=True,
        through="Citation",
        related_name="components",
        verbose_name=_("goals it serves"),
    )
    dropped = models.BooleanField(default=False, editable=False)

    objects = ComponentQuerySet.as_manager()

    class Meta:
        verbose_name = _("component")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("projects:component", args=[self.pk])

    @property
    def is_facility(self):
        return self.kind == ComponentKind.FACILITY

    def content(self):
        return {
            "id": self.pk,
            "title": self.title,
            "ministry": self.ministry_id,
            "kind": self.kind,
            "description": self.description,
            "lines": lines_content(self.lines.all()),
            "goals": sorted(goal.pk for goal in self.goals.all()),
            "access": sorted(access.content() for access in self.access.all()),
        }

    def plain_lines(self):
        return plain(self.lines.all(), component=self)


class BudgetLine(WonLine):
    """A requested amount of a component: one year, one source, whole won."""

    component = models.ForeignKey(Component, models.CASCADE, related_name="lines")

    class Meta:
        verbose_name = _("budget line")
        constraints = [
            models.UniqueConstraint(
                fields=["component", "fiscal_year", "source"], name="budget_line_once"
            ),
            models.CheckConstraint(condition=Q(won__gt=0), name="budget_line_is_positive"),
        ]


class Citation(models.Model):
    """A component serves a goal; a goal that is cited cannot be deleted from its plan."""

    component = models.ForeignKey(Component, models.CASCADE, related_name="citations")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="citations")

    class Meta:
        verbose_name = _("citation")
        db_table = "projects_component_goals"
        unique_together = [("component", "goal")]


class FacilityAccess(models.Model):
    """Travel times to a facility before and after, in minutes, for one minimum standard."""

    component = models.ForeignKey(Component, models.CASCADE, related_name="access")
    standard = models.ForeignKey(
        Standard, models.PROTECT, related_name="access", verbose_name=_("minimum standard")
    )
    minutes_before = models.PositiveSmallIntegerField(_("minutes before"))
    minutes_after = models.PositiveSmallIntegerField(_("minutes after"))

    class Meta:
        verbose_name = _("travel time")
        constraints = [
            models.UniqueConstraint(fields=["component", "standard"], name="access_once"),
            models.CheckConstraint(
                condition=Q(minutes_before__range=(0, 600), minutes_after__range=(0, 600)),
                name="access_minutes_are_possible",
            ),
        ]

    def content(self):
        return [self.standard_id, self.minutes_before, self.minutes_after]
