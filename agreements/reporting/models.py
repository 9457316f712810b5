"""Yearly reports of local governments, and their evaluations by those who pay."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, User
from accounts.permissions import RecordQuerySet
from agreements.versions.models import Agreement
from foundation.models import Record
from projects.models import Component, Indicator, Source
from projects.proposals.models.parts import plain_number


class YearlyReportQuerySet(RecordQuerySet):
    def for_list(self):
        return self.select_related("agreement__proposal").prefetch_related(
            "agreement__proposal__applicant__spells"
        )

    def for_page(self):
        return self.for_list().prefetch_related(
            "indicators__indicator", "spendings__component", "evaluations__organisation__spells"
        )


class YearlyReport(Record):
    """연차보고: results and spending of one year of the agreement, as the applicant reports them.

    Due on the last working day of February of the year after (the grants act asks for reports of
    results within two months of the year's end).
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("report", "being written")
        SUBMITTED = "submitted", pgettext_lazy("report", "being evaluated")
        EVALUATED = "evaluated", pgettext_lazy("report", "evaluated")

    view_permission = "agreements.view_report"
    part_of = "agreement"
    places = {
        "applicant": "agreement__proposal__applicant",
        "parties": "agreement__versions__parties__organisation",
    }

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="reports")
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    narrative = models.TextField(_("what was done"), max_length=20_000, blank=True)
    obstacles = models.TextField(_("what stood in the way"), max_length=10_000, blank=True)
    next_steps = models.TextField(_("what comes next"), max_length=10_000, blank=True)
    due_on = models.DateField(_("due on"), editable=False)
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    written_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = YearlyReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("yearly report")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "fiscal_year"], name="report_once_a_year"),
            models.CheckConstraint(
                condition=Q(submitted_by=None) | ~Q(submitted_by=F("written_by")),
                name="report_four_eyes",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "evaluated"]) | ~Q(narrative=""),
                name="report_submitted_says_something",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on", "id"], name="report_due")]

    def __str__(self):
        words = {"agreement": self.agreement, "year": self.fiscal_year}
        return _("%(agreement)s, report of %(year)s") % words

    def get_absolute_url(self):
        if self.pk is None:
            return reverse("agreements:reports", args=[self.agreement_id])
        return reverse("agreements:report", args=[self.pk])

    def content(self):
        return {
            "fiscal_year": self.fiscal_year,
            "narrative": self.narrative,
            "obstacles": self.obstacles,
            "next_steps": self.next_steps,
            "indicators": [row.content() for row in self.indicators.order_by("indicator")],
            "spendings": [row.content() for row in self.spendings.order_by("component", "source")],
        }


class ReportedIndicator(models.Model):
    """The value that one indicator of the proposal reached in the year, with its target."""

    report = models.ForeignKey(YearlyReport, models.CASCADE, related_name="indicators")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    target = models.DecimalField(_("target"), max_digits=18, decimal_places=3, null=True)
    actual = models.DecimalField(_("reached"), max_digits=18, decimal_places=3)
    remark = models.CharField(_("remark"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("reported indicator")
        constraints = [
            models.UniqueConstraint(fields=["report", "indicator"], name="reported_indicator_once")
        ]

    @property
    def achievement(self):
        """Reached percent of the target, rounded down to a tenth; None without a target."""
        if not self.target:
            return None
        return int(self.actual * 1000 / self.target) / 10

    def content(self):
        target = "" if self.target is None else plain_number(self.target)
        return [self.indicator_id, target, plain_number(self.actual), self.remark]


class ReportedSpending(models.Model):
    """Amount in won that the applicant reports as executed for one component and source."""

    report = models.ForeignKey(YearlyReport, models.CASCADE, related_name="spendings")
    component = models.ForeignKey(Component, models.PROTECT, related_name="+")
    source = models.CharField(_("source"), max_length=20, choices=Source)
    won = models.BigIntegerField(_("executed"))

    class Meta:
        verbose_name = _("reported execution")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "component", "source"], name="reported_spending_once"
            ),
            models.CheckConstraint(
                condition=Q(won__gte=0), name="reported_spending_is_not_below_zero"
            ),
        ]

    def content(self):
        return [self.component_id, self.source, self.won]


class EvaluationQuerySet(RecordQuerySet):
    def for_list(self):
        return self.select_related("report__agreement", "written_by").prefetch_related(
            "organisation__spells"
        )

    def last_before(self, agreement, year):
        """Confirmed evaluations of the last evaluated year before ``year``, for funding bodies."""
        rows = self.filter(report__agreement=agreement, report__fiscal_year__lt=year)
        rows = list(
            rows.filter(state="confirmed").for_list().order_by("-report__fiscal_year", "pk")
        )
        return [row for row in rows if row.report.fiscal_year == rows[0].report.fiscal_year]


class Evaluation(Record):
    """평가: the evaluation of a yearly report by a ministry or the coordination body.

    No answer is no opinion: an evaluation that nobody gives stays open and overdue.
    """

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("evaluation", "awaited")
        WRITTEN = "written", pgettext_lazy("evaluation", "waits to be confirmed")
        CONFIRMED = "confirmed", pgettext_lazy("evaluation", "confirmed")
        LAPSED = "lapsed", pgettext_lazy("evaluation", "lapsed")

    class Grade(models.TextChoices):
        EXCELLENT = "excellent", pgettext_lazy("grade", "excellent")
        GOOD = "good", pgettext_lazy("grade", "good")
        FAIR = "fair", pgettext_lazy("grade", "fair")
        POOR = "poor", pgettext_lazy("grade", "poor")

    class Advice(models.TextChoices):
        KEEP = "keep", _("keep next year's funds")
        RAISE = "raise", _("raise next year's funds")
        CUT = "cut", _("cut next year's funds")
        HOLD_BACK = "hold_back", _("hold next year's funds back")

    FIELDS = ["grade", "opinion", "advice", "reason"]

    view_permission = "agreements.view_evaluation"
    part_of = "report"
    places = {
        "organisation": "organisation",
        "applicant": "report__agreement__proposal__applicant",
        "parties": "report__agreement__versions__parties__organisation",
    }

    report = models.ForeignKey(YearlyReport, models.PROTECT, related_name="evaluations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    grade = models.CharField(_("grade"), max_length=20, choices=Grade, blank=True)
    opinion = models.TextField(_("opinion"), max_length=10_000, blank=True)
    advice = models.CharField(_("recommendation"), max_length=20, choices=Advice, blank=True)
    reason = models.TextField(_("reason of the recommendation"), max_length=4000, blank=True)
    due_on = models.DateField(_("due on"), editable=False)
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    written_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "organisation"],
                condition=~Q(state="lapsed"),
                name="evaluation_once",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("written_by")),
                name="evaluation_four_eyes",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["written", "confirmed"])
                | (~Q(grade="") & ~Q(opinion="") & ~Q(advice="")),
                name="evaluation_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(advice__in=["", "keep"]) | ~Q(reason=""),
                name="evaluation_says_why_funds_change",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on", "id"], name="evaluation_due")]

    def __str__(self):
        return f"{self.report} – {self.organisation}"

    def is_readable_by(self, user):
        """Before it is confirmed, only its own organisation and auditors read it."""
        inside = self.organisation_id in user.organisations or user.reads_everything
        return self.state == self.State.CONFIRMED or inside

    def get_absolute_url(self):
        return f"{self.report.get_absolute_url()}#evaluations"

    def content(self):
        values = {name: getattr(self, name) for name in self.FIELDS}
        return values | {"organisation": self.organisation_id, "due_on": str(self.due_on)}
