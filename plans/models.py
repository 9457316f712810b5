"""The plans above a proposal: their goals, the standards they set, the areas they designate."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation
from accounts.permissions import RecordQuerySet
from foundation.bilingual import in_language
from foundation.models import Record


class AreaKind(models.TextChoices):
    """Areas that law or a plan designates; a call may allow them a higher national share."""

    UNDERDEVELOPED = "underdeveloped", _("growth-promotion area")
    INNOVATION_CITY = "innovation_city", _("innovation city")
    OLD_DOWNTOWN = "old_downtown", _("old downtown hub")
    SMART_CITY = "smart_city", _("pilot smart city")


class PlanQuerySet(RecordQuerySet):
    def for_list(self):
        return self.select_related("parent").prefetch_related("issuer__spells")

    def for_page(self):
        return self.for_list().prefetch_related("goals", "standards", "parts")


class Plan(Record):
    """A plan of the state or of a region, with a period and goals that components serve."""

    class State(models.TextChoices):
        IN_FORCE = "in_force", pgettext_lazy("plan", "in force")
        SUPERSEDED = "superseded", _("superseded")

    class Kind(models.TextChoices):
        BALANCED = "balanced", _("Five-year Plan for Balanced National Development")
        TERRITORIAL = "territorial", _("Comprehensive National Territorial Plan")
        PROVINCIAL = "provincial", _("plan of a province")
        MUNICIPAL = "municipal", _("plan of a city or county")
        REGIONAL = "regional", _("regional development plan")
        STANDARDS = "standards", _("national minimum standards")

    view_permission = "plans.view_plan"
    places = {}

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title_ko = models.CharField(_("title in Korean"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200)
    issuer = models.ForeignKey(
        Organisation, models.PROTECT, related_name="plans", verbose_name=_("issuer")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("plan above it"),
    )
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    source = models.CharField(_("source"), max_length=300, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="predecessors",
        verbose_name=_("superseded by"),
    )
    state = models.CharField(max_length=20, choices=State, default="", editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    first_year__range=(1950, 2150),
                    last_year__gte=F("first_year"),
                    last_year__lt=F("first_year") + 50,
                ),
                name="plan_period_is_possible",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="plan_is_not_its_own_parent"
            ),
        ]

    def __str__(self):
        return in_language(self, "title")

    def get_absolute_url(self):
        return reverse("plans:plan", args=[self.pk])

    def content(self):
        return {
            "kind": self.kind,
            "title": [self.title_ko, self.title_en],
            "issuer": self.issuer_id,
            "parent": self.parent_id,
            "years": [self.first_year, self.last_year],
            "source": self.source,
            "successor": self.successor_id,
            "goals": [goal.content() for goal in self.goals.order_by("pk")],
            "standards": [standard.content() for standard in self.standards.order_by("pk")],
        }


class Goal(models.Model):
    """What a plan wants to reach; components cite the goals they serve."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="goals")
    title_ko = models.CharField(_("goal in Korean"), max_length=200)
    title_en = models.CharField(_("goal in English"), max_length=200)

    class Meta:
        verbose_name = _("goal")
        constraints = [
            models.UniqueConstraint(fields=["plan", "title_ko"], name="goal_once_in_a_plan")
        ]

    def __str__(self):
        return in_language(self, "title")

    def content(self):
        return {"id": self.pk, "title": [self.title_ko, self.title_en]}


class Standard(models.Model):
    """How near an everyday facility shall be: minutes of travel by one mode."""

    class Mode(models.TextChoices):
        WALK = "walk", _("on foot")
        CAR = "car", _("by car")
        TRANSIT = "transit", _("by public transport")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="standards")
    facility_ko = models.CharField(_("facility in Korean"), max_length=100)
    facility_en = models.CharField(_("facility in English"), max_length=100)
    mode = models.CharField(_("mode of travel"), max_length=10, choices=Mode)
    minutes = models.PositiveSmallIntegerField(_("most minutes"))

    class Meta:
        verbose_name = _("minimum standard")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "facility_ko", "mode"], name="standard_once_in_a_plan"
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, 600)), name="standard_minutes_are_possible"
            ),
        ]

    def __str__(self):
        return in_language(self, "facility")

    def content(self):
        facility = [self.facility_ko, self.facility_en]
        return {"id": self.pk, "facility": facility, "mode": self.mode, "minutes": self.minutes}


class AreaQuerySet(RecordQuerySet):
    def for_list(self):
        return self.prefetch_related("region__spells")

    def in_force_on(self, day):
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class Area(Record):
    """A region's designation, for a time; it can change the national share a call allows."""

    class State(models.TextChoices):
        DESIGNATED = "designated", _("designated")
        ENDED = "ended", _("ended")

    view_permission = "plans.view_plan"
    places = {}

    kind = models.CharField(_("kind"), max_length=20, choices=AreaKind)
    region = models.ForeignKey(
        Organisation, models.PROTECT, related_name="areas", verbose_name=_("region")
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    state = models.CharField(max_length=20, choices=State, default="", editable=False)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("designated area")
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="area_ends_after_it_begins"
            ),
        ]

    def __str__(self):
        return f"{self.region} · {self.get_kind_display()}"

    def get_absolute_url(self):
        return reverse("plans:area", args=[self.pk])

    def content(self):
        return {
            "kind": self.kind,
            "region": self.region_id,
            "since": str(self.since),
            "until": str(self.until or ""),
            "basis": self.basis,
        }
