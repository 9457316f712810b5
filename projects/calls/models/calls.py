"""Calls for proposals, their criteria and rules."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import RecordQuerySet
from foundation.bilingual import in_language
from foundation.models import Record
from plans.models import AreaKind

from .kinds import ComponentKind, PaperKind, SectionName

WORKING_DAYS = _("In working days.")
MOST_DAYS = 250  # working days: one year
A_PERIOD = [MinValueValidator(1), MaxValueValidator(MOST_DAYS)]
A_YEAR = [MinValueValidator(2000), MaxValueValidator(2100)]


class CallQuerySet(RecordQuerySet):
    def accepting(self, today):
        return self.filter(state=Call.State.OPEN, opens_on__lte=today, closes_on__gte=today)


class Call(Record):
    """A call for proposals: ``TERMS`` are its dates, its rules and its periods in working days."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    TERMS = [
        "title_ko",
        "title_en",
        "opens_on",
        "closes_on",
        "first_fiscal_year",
        "least_years",
        "most_years",
        "least_ministries",
        "national_ceiling",
        "block_grant",
        "province_quota",
        "screening_days",
        "check_days",
        "review_days",
        "consent_days",
        "signing_days",
        "material_percent",
        "material_years",
        "tranches_a_year",
        "first_tranche_percent",
        "executed_percent",
        "settlement_months",
        "required_sections",
        "required_papers",
        "reviews_apart",
        "coordinator_signs_last",
    ]

    view_permission = "projects.view_call"
    places = {}

    title_ko = models.CharField(_("title in Korean"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    first_fiscal_year = models.PositiveSmallIntegerField(_("first fiscal year"), validators=A_YEAR)
    least_years = models.PositiveSmallIntegerField(_("shortest period in years"), default=3)
    most_years = models.PositiveSmallIntegerField(_("longest period in years"), default=5)
    least_ministries = models.PositiveSmallIntegerField(_("least number of ministries"), default=2)
    national_ceiling = models.BigIntegerField(_("most national funds for one proposal, in won"))
    block_grant = models.BooleanField(
        _("block grant: the lead ministry pays the national funds of the whole"), default=False
    )
    province_quota = models.PositiveSmallIntegerField(
        _("proposals that one province may recommend"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text=_("Empty: provinces are not asked."),
    )
    screening_days = models.PositiveSmallIntegerField(
        _("days for the province's screening"),
        null=True,
        blank=True,
        validators=A_PERIOD,
        help_text=_("In working days; needed where provinces recommend."),
    )
    check_days = models.PositiveSmallIntegerField(
        _("days for the coordinator's check of completeness"),
        null=True,
        blank=True,
        validators=A_PERIOD,
        help_text=_("In working days. Empty: ministries are asked at once."),
    )
    review_days = models.PositiveSmallIntegerField(
        _("days for a ministry's review"), default=10, validators=A_PERIOD, help_text=WORKING_DAYS
    )
    consent_days = models.PositiveSmallIntegerField(
        _("days for the consent of the parties"),
        default=10,
        validators=A_PERIOD,
        help_text=WORKING_DAYS,
    )
    signing_days = models.PositiveSmallIntegerField(
        _("days for the signatures"), default=20, validators=A_PERIOD, help_text=WORKING_DAYS
    )
    material_percent = models.PositiveSmallIntegerField(
        _("change of total cost or area that is material, in percent"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("From this change on, an amendment goes to the committee and is signed again."),
    )
    material_years = models.PositiveSmallIntegerField(
        _("change of the period that is material, in years"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
    )
    tranches_a_year = models.PositiveSmallIntegerField(
        _("tranches of national funds in a year"),
        default=4,
        validators=[MinValueValidator(1), MaxValueValidator(366)],
    )
    first_tranche_percent = models.PositiveSmallIntegerField(
        _("first tranche, in percent of the year's funds"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Empty: all tranches are planned alike, and the first may be of any size."),
    )
    executed_percent = models.PositiveSmallIntegerField(
        _("executed of what was paid before the next tranche is requested, in percent"),
        default=0,
        validators=[MaxValueValidator(100)],
        help_text=_("0: the next tranche may be requested at any time."),
    )
    settlement_months = models.PositiveSmallIntegerField(
        _("months for the settlement after the end of the year"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    required_sections = ArrayField(
        models.CharField(max_length=20, choices=SectionName),
        blank=True,
        default=list,
        verbose_name=_("sections that must be written"),
    )
    required_papers = ArrayField(
        models.CharField(max_length=20, choices=PaperKind),
        blank=True,
        default=list,
        verbose_name=_("papers that must be attached"),
    )
    reviews_apart = models.BooleanField(
        _("a ministry reads the answers of others only after its own"), default=False
    )
    coordinator_signs_last = models.BooleanField(
        _("the coordination body is a party to agreements too, and signs last"), default=False
    )
    state = models.CharField(max_length=20, choices=State, default="", editable=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="call_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(
                    least_years__gte=1, most_years__gte=F("least_years"), most_years__lte=10
                ),
                name="call_period_is_possible",
            ),
            models.CheckConstraint(
                condition=Q(first_fiscal_year__range=(2000, 2100)), name="call_year_is_possible"
            ),
            models.CheckConstraint(
                condition=Q(
                    review_days__range=(1, MOST_DAYS),
                    consent_days__range=(1, MOST_DAYS),
                    signing_days__range=(1, MOST_DAYS),
                ),
                name="call_days_are_possible",
            ),
            models.CheckConstraint(
                condition=Q(check_days=None) | Q(check_days__range=(1, MOST_DAYS)),
                name="call_check_days_are_possible",
            ),
            models.CheckConstraint(
                condition=Q(province_quota=None)
                | Q(
                    province_quota__range=(1, 50),
                    screening_days__isnull=False,
                    screening_days__range=(1, MOST_DAYS),
                ),
                name="call_quota_is_possible",
            ),
            models.CheckConstraint(condition=Q(national_ceiling__gt=0), name="call_has_a_ceiling"),
            models.CheckConstraint(
                condition=Q(material_percent__range=(1, 100), material_years__range=(1, 10)),
                name="call_material_limits_are_possible",
            ),
            models.CheckConstraint(
                condition=Q(
                    tranches_a_year__range=(1, 366),
                    executed_percent__range=(0, 100),
                    settlement_months__range=(1, 12),
                ),
                name="call_rules_of_money_are_possible",
            ),
            models.CheckConstraint(
                condition=Q(first_tranche_percent=None) | Q(first_tranche_percent__range=(1, 100)),
                name="call_first_tranche_is_possible",
            ),
        ]

    def __str__(self):
        return in_language(self, "title")

    def get_absolute_url(self):
        return reverse("projects:call", args=[self.pk])

    def accepts_on(self, day):
        return self.state == self.State.OPEN and self.opens_on <= day <= self.closes_on

    def content(self):
        window = {"opens_on": str(self.opens_on), "closes_on": str(self.closes_on)}
        rows = {
            "criteria": [criterion.content() for criterion in self.criteria.order_by("pk")],
            "share_rules": [rule.content() for rule in self.share_rules.order_by("pk")],
        }
        return {name: getattr(self, name) for name in self.TERMS} | window | rows


class Criterion(models.Model):
    """A criterion for marking proposals; the weights of a call sum to 100."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="criteria")
    title_ko = models.CharField(_("criterion in Korean"), max_length=200)
    title_en = models.CharField(_("criterion in English"), max_length=200)
    weight = models.PositiveSmallIntegerField(_("weight"))

    class Meta:
        verbose_name = _("criterion")
        constraints = [
            models.UniqueConstraint(fields=["call", "title_ko"], name="criterion_once_in_a_call"),
            models.CheckConstraint(
                condition=Q(weight__range=(1, 100)), name="criterion_weight_is_possible"
            ),
        ]

    def __str__(self):
        return in_language(self, "title")

    def content(self):
        return [self.title_ko, self.title_en, self.weight]


class ShareRule(models.Model):
    """The largest national share of a kind of component, in percent; ``area`` "" means any area."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="share_rules")
    kind = models.CharField(_("kind of component"), max_length=20, choices=ComponentKind)
    area = models.CharField(_("designated area"), max_length=20, choices=AreaKind, blank=True)
    most_percent = models.PositiveSmallIntegerField(_("largest national share in %"))

    class Meta:
        verbose_name = _("rule on the national share")
        constraints = [
            models.UniqueConstraint(fields=["call", "kind", "area"], name="share_rule_once"),
            models.CheckConstraint(
                condition=Q(most_percent__range=(0, 100)), name="share_rule_is_possible"
            ),
        ]

    def content(self):
        return [self.kind, self.area, self.most_percent]
