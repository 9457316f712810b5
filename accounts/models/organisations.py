"""Organisations with dated names: one body through changes of name, code and parent."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from foundation.time import clock


class Kind(models.TextChoices):
    PROVINCE = "province", _("province")
    MUNICIPALITY = "municipality", _("municipality")
    ADMINISTRATIVE_CITY = "administrative_city", _("administrative city")
    MINISTRY = "ministry", _("ministry")
    COORDINATION = "coordination", _("coordination body")
    BUDGET_AUTHORITY = "budget_authority", _("budget authority")
    AUDIT = "audit", _("audit body")


LOCAL_KINDS = (Kind.PROVINCE, Kind.MUNICIPALITY, Kind.ADMINISTRATIVE_CITY)


class OrganisationQuerySet(models.QuerySet):
    def named(self):
        """With the spells that ``str(organisation)`` reads, in one more query."""
        return self.prefetch_related("spells")

    def with_parents(self):
        """Named, with what ``full_name_on`` reads."""
        return self.prefetch_related("spells__parent__spells")

    def alive(self, on):
        return self.filter(
            Q(spells__valid_from=None) | Q(spells__valid_from__lte=on),
            Q(spells__valid_to=None) | Q(spells__valid_to__gte=on),
        ).distinct()

    def local(self):
        return self.filter(kind__in=LOCAL_KINDS)

    def coordination_body(self, on):
        """The one that signs and evaluates for the committee on that day, if there is one."""
        return self.filter(kind=Kind.COORDINATION).alive(on).order_by("pk").first()

    def ministries(self):
        return self.filter(kind=Kind.MINISTRY)


class Organisation(models.Model):
    """A body that stays the same through changes of name, code and parent.

    ``successors`` are the bodies that took over when it ceased: people with a post
    in a successor may do what a post in this body allowed.
    """

    id = models.SlugField(_("identifier"), primary_key=True, max_length=40)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    successors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="predecessors"
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self):
        return self.name_on(clock.today())

    @property
    def is_legal_body(self):
        """Jeju's administrative cities are no local governments: the province signs for them."""
        return self.kind != Kind.ADMINISTRATIVE_CITY

    def spell_on(self, day):
        """The spell in force on ``day``, else the last one before it, else the first one."""
        spells = sorted(self.spells.all(), key=lambda spell: spell.valid_from or date.min)
        begun = [spell for spell in spells if not spell.valid_from or spell.valid_from <= day]
        return (begun or spells or [None])[-1 if begun else 0]

    def has_ended_on(self, day):
        """Has its last spell ended before this day? What has not begun yet has not ended."""
        ends = [spell.valid_to for spell in self.spells.all()]
        return bool(ends) and all(end and end < day for end in ends)

    def name_on(self, day, language=None):
        """The name of that day, in the reader's language."""
        spell = self.spell_on(day)
        if spell is None:
            return self.pk
        korean = (language or get_language() or "ko").startswith("ko")
        return spell.name_ko if korean else spell.name_en

    def full_name_on(self, day, language=None):
        """The name with that of the parent: there is a Jung-gu in six cities."""
        spell = self.spell_on(day)
        parent = spell.parent.name_on(day, language) if spell and spell.parent_id else ""
        return f"{parent} {self.name_on(day, language)}".strip()


class Spell(models.Model):
    """A period in which an organisation had the same name, code and parent."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="spells")
    name_ko = models.CharField(_("Korean name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=100)
    code = models.CharField(_("official code"), max_length=10, blank=True)
    parent = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="child_spells"
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("spell")
        constraints = [
            ExclusionConstraint(
                name="spell_one_at_a_time",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self):
        return self.name_ko
