"""What an agreement says: its versions, their articles and schedule."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.permissions import RecordQuerySet
from foundation.models import Record
from projects.models import Component, WonLine, lines_content

from .agreements import Agreement


class VersionQuerySet(RecordQuerySet):
    def for_page(self):
        return self.select_related("agreement__proposal__call").prefetch_related(
            "agreement__proposal__applicant__spells",
            "agreement__lead_ministry__spells",
            "articles",
            "schedule__component__ministry__spells",
            "parties__organisation__spells",
            "parties__signatures",
        )


class Version(Record):
    """One text and schedule of an agreement, from the first draft until it is in force.

    ``edition`` counts how often the text was frozen or corrected, so that no two frozen texts
    share a digest and a signature given to an earlier one never counts for a later one.
    """

    class State(models.TextChoices):
        DRAFTING = "drafting", _("being drafted")
        CONSENT = "consent", _("waiting for consent")
        FROZEN = "frozen", _("agreed text")
        SIGNING = "signing", _("being signed")
        IN_FORCE = "in_force", _("in force")

    view_permission = "agreements.view_version"
    part_of = "agreement"
    places = {
        "parties": "parties__organisation",
        "applicant": "agreement__proposal__applicant",
        "reviewing": "agreement__proposal__components__reviews__ministry",
    }

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    edition = models.PositiveSmallIntegerField(_("edition"), default=0, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    resolution = models.CharField(_("number of the resolution"), max_length=60, blank=True)
    resolved_on = models.DateField(_("resolved on"), null=True, blank=True)
    in_force_on = models.DateField(_("in force since"), null=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=["", "drafting", "consent"]) | ~Q(digest=""),
                name="version_frozen_has_digest",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signing", "in_force"])
                | (Q(resolved_on__isnull=False) & ~Q(resolution="")),
                name="version_signing_is_resolved",
            ),
            models.CheckConstraint(
                condition=Q(state="in_force", in_force_on__isnull=False)
                | (~Q(state="in_force") & Q(in_force_on=None)),
                name="version_in_force_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="version_period_is_possible"
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="version_by_state")]

    def __str__(self):
        return str(self.agreement)

    def get_absolute_url(self):
        return self.agreement.get_absolute_url()

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
            "parties": [party.text() for party in self.parties.order_by("position", "pk")],
            "articles": [article.text() for article in self.articles.order_by("number")],
            "schedule": [
                {"component": component.pk, "title": component.title, "lines": lines_content(lines)}
                for component, lines in self.schedule_by_component()
            ],
        }

    def schedule_by_component(self):
        lines = self.schedule.select_related("component").order_by("component", "pk")
        found = {}
        for line in lines:
            found.setdefault(line.component, []).append(line)
        return list(found.items())

    def content(self):
        return self.text() | {
            "digest": self.digest,
            "resolution": self.resolution,
            "resolved_on": str(self.resolved_on or ""),
            "in_force_on": str(self.in_force_on or ""),
        }


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
            models.UniqueConstraint(fields=["version", "number"], name="article_number_once")
        ]

    def __str__(self):
        return f"{self.number}. {self.heading}"

    @property
    def heading(self):
        return self.heading_en if self.heading_en and in_english() else self.heading_ko

    @property
    def body(self):
        return self.body_en if self.body_en and in_english() else self.body_ko

    def text(self):
        return [self.number, self.heading_ko, self.body_ko, self.heading_en, self.body_en]


class ScheduleLine(WonLine):
    """What the text promises: one component, one year, one source, whole won."""

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
