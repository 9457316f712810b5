"""Versions of an agreement, their articles and schedule."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.permissions import RecordQuerySet
from foundation.engine.history import digest_of
from foundation.models import Record
from projects.models import Component, WonLine, lines_content

from .agreements import Agreement

MOST_AREA = 10**12  # ten times the country
ENTERED = ["in_force", "suspended", "superseded", "terminated", "completed"]


class VersionQuerySet(RecordQuerySet):
    def entered(self):
        """The versions that are or were in force."""
        return self.filter(state__in=ENTERED)

    def with_cost(self):
        """With the sum of the schedule as ``cost``."""
        return self.annotate(cost=Sum("schedule__won"))

    def for_page(self):
        return self.select_related("agreement__proposal__call", "amendment").prefetch_related(
            "agreement__proposal__applicant__spells",
            "agreement__lead_ministry__spells",
            "articles",
            "schedule__component__ministry__spells",
            "parties__organisation__spells",
            "parties__signatures",
            "parties__stances",
        )


class Version(Record):
    """One text and schedule of an agreement, from its draft until the next version replaces it.

    ``edition`` counts how often the text was frozen or corrected, so that no two frozen texts
    share a digest and a signature under an earlier one never counts for a later one.
    """

    class State(models.TextChoices):
        DRAFTING = "drafting", _("being drafted")
        CONSENT = "consent", _("waiting for consent")
        FROZEN = "frozen", _("agreed text")
        SIGNING = "signing", _("being signed")
        IN_FORCE = "in_force", _("in force")
        SUSPENDED = "suspended", _("suspended")
        SUPERSEDED = "superseded", _("superseded")
        TERMINATED = "terminated", _("terminated")
        COMPLETED = "completed", _("completed")
        DROPPED = "dropped", _("dropped")

    class Kind(models.TextChoices):
        ORIGINAL = "original", _("original agreement")
        MINOR = "minor", _("minor amendment")
        MATERIAL = "material", _("material amendment")

    MAKING = ("drafting", "consent", "frozen", "signing")
    COUNTING = ("in_force", "suspended", "terminated", "completed")

    view_permission = "agreements.view_version"
    part_of = "agreement"
    places = {
        "parties": "agreement__versions__parties__organisation",
        "base": "parties__organisation",
        "applicant": "agreement__proposal__applicant",
        "reviewing": "agreement__proposal__components__reviews__ministry",
        "lead": "agreement__lead_ministry",
        "proposing": "amendment__organisation",
    }

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    amendment = models.OneToOneField(
        "Amendment", models.PROTECT, null=True, related_name="version", editable=False
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind, default="original", blank=True, editable=False
    )
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    area = models.PositiveBigIntegerField(
        _("area in square metres"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_AREA)],
    )
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    edition = models.PositiveSmallIntegerField(_("edition"), default=0, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    resolution = models.CharField(_("number of the resolution"), max_length=60, blank=True)
    resolved_on = models.DateField(_("resolved on"), null=True, blank=True)
    taken_up_on = models.DateField(_("taken up again on"), null=True, editable=False)
    in_force_on = models.DateField(_("in force since"), null=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=["", "drafting", "consent", "dropped"]) | ~Q(digest=""),
                name="version_frozen_has_digest",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signing", "in_force"])
                | Q(kind="minor")
                | (Q(resolved_on__isnull=False) & ~Q(resolution="")),
                name="version_signing_is_resolved",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENTERED, in_force_on__isnull=False)
                | (~Q(state__in=ENTERED) & Q(in_force_on=None)),
                name="version_in_force_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="version_period_is_possible"
            ),
            models.CheckConstraint(
                condition=Q(area=None) | Q(area__range=(1, MOST_AREA)),
                name="version_area_is_possible",
            ),
            models.CheckConstraint(
                condition=Q(amendment=None, kind="original")
                | (Q(amendment__isnull=False) & ~Q(kind="original")),
                name="version_amends_or_is_original",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["", "drafting", "dropped"]) | ~Q(kind=""),
                name="version_kind_is_decided",
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state__in=["drafting", "consent", "frozen", "signing"]),
                name="version_one_in_the_making",
            ),
            ExclusionConstraint(
                name="version_one_in_force",
                expressions=[("agreement", RangeOperators.EQUAL)],
                condition=Q(state__in=["in_force", "suspended"]),
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="version_by_state")]

    def __str__(self):
        if self.number == 1:
            return str(self.agreement)
        words = {"agreement": self.agreement, "number": self.number}
        return _("%(agreement)s, version %(number)s") % words

    def get_absolute_url(self):
        """URL of the agreement for the version that counts, else of this version."""
        if self.counts or (self.number == 1 and self.state in self.MAKING):
            return self.agreement.get_absolute_url()
        return reverse("agreements:version", args=[self.agreement_id, self.number])

    @property
    def is_open(self):
        """Whether the version is in the making: parties can still consent, object or sign."""
        return self.state in self.MAKING

    @property
    def counts(self):
        return self.state in self.COUNTING

    @property
    def years(self):
        return list(range(self.first_year, self.last_year + 1))

    def text(self):
        """What the parties consent to and sign; its digest is what a signature binds to."""
        return {
            "number": self.agreement.number,
            "version": self.number,
            "edition": self.edition,
            "title": self.agreement.title,
            "years": [self.first_year, self.last_year],
            "area": self.area,
            "heirs": [heir.text() for heir in self.heirs.order_by("component")],
            "parties": [party.text() for party in self.parties.order_by("position", "pk")],
            "articles": [article.text() for article in self.articles.order_by("number")],
            "schedule": self.schedule_text(),
        }

    def schedule_text(self):
        return [
            {"component": component.pk, "title": component.title, "lines": lines_content(lines)}
            for component, lines in self.schedule_by_component()
        ]

    def schedule_by_component(self):
        lines = self.schedule.select_related("component").order_by("component", "pk")
        found = {}
        for line in lines:
            found.setdefault(line.component, []).append(line)
        return list(found.items())

    def content(self):
        return (
            self.text()
            | {
                "kind": self.kind,
                "amendment": self.amendment_id,
                "digest": self.digest,
                "resolution": self.resolution,
                "resolved_on": str(self.resolved_on or ""),
                "in_force_on": str(self.in_force_on or ""),
            }
            | ({"taken_up_on": str(self.taken_up_on)} if self.taken_up_on else {})
        )


class Article(models.Model):
    """One article of the text, in Korean and, where wanted, in English."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="articles")
    number = models.PositiveSmallIntegerField(_("number"))
    heading_ko = models.CharField(_("heading in Korean"), max_length=100)
    body_ko = models.TextField(_("text in Korean"))
    heading_en = models.CharField(_("heading in English"), max_length=100, blank=True)
    body_en = models.TextField(_("text in English"), blank=True)

    class Meta:
        verbose_name = _("article")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number"],
                name="article_number_once",
                deferrable=models.Deferrable.IMMEDIATE,  # renumbered in one statement
            )
        ]

    def __str__(self):
        return f"{self.number}. {self.heading}"

    @property
    def heading(self):
        return self.heading_en if self.heading_en and in_english() else self.heading_ko

    @property
    def body(self):
        return self.body_en if self.body_en and in_english() else self.body_ko

    @property
    def digest(self):
        """Digest of heading and text without the number: moving an article does not change it."""
        return digest_of(self.text()[1:])

    def text(self):
        return [self.number, self.heading_ko, self.body_ko, self.heading_en, self.body_en]


class ScheduleLine(WonLine):
    """One promised amount in whole won, of one component, year and source."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="schedule")
    component = models.ForeignKey(Component, models.PROTECT, related_name="schedule_lines")

    class Meta:
        verbose_name = _("schedule line")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "component", "fiscal_year", "source"], name="schedule_line_once"
            ),
            models.CheckConstraint(condition=Q(won__gt=0), name="schedule_line_is_positive"),
        ]


def in_english():
    return (get_language() or "ko").startswith("en")
