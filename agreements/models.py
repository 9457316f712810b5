"""What is promised: agreements, their versions, parties and signatures, commitments."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from accounts.permissions import RecordQuerySet
from foundation import clock
from foundation.models import Record
from projects.models import Component, Proposal, WonLine, lines_content


class AgreementQuerySet(RecordQuerySet):
    def for_list(self):
        return self.select_related("proposal").prefetch_related(
            "proposal__applicant__spells", "lead_ministry__spells", "versions"
        )


class Agreement(Record):
    """The identity of an agreement; what it says stands in its versions."""

    view_permission = "agreements.view_version"
    places = {
        "parties": "versions__parties__organisation",
        "applicant": "proposal__applicant",
        "reviewing": "proposal__components__reviews__ministry",
    }

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="agreement")
    number = models.CharField(_("number"), max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=200)
    lead_ministry = models.ForeignKey(
        Organisation, models.PROTECT, related_name="led_agreements", verbose_name=_("lead ministry")
    )
    drafted_at = models.DateTimeField(default=clock.now)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        indexes = [models.Index(fields=["-drafted_at", "-id"], name="agreement_newest")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("agreement", args=[self.pk])

    def newest(self):
        """The version that counts now or is being made; versions must be prefetched in lists."""
        return max(self.versions.all(), key=lambda version: version.number)


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

    ``edition`` counts how often the text was frozen, so that no two frozen texts share a
    digest and a signature given to an earlier one never counts for a later one.
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


class PartyQuerySet(RecordQuerySet):
    def for_page(self):
        return self.select_related("version__agreement").prefetch_related("organisation__spells")


class Party(Record):
    """A body that consents to a version and signs it; it is the body that signs, not the person."""

    class Role(models.TextChoices):
        LEAD_MINISTRY = "lead_ministry", _("lead ministry")
        MINISTRY = "ministry", _("participating ministry")
        PROVINCE = "province", _("province")
        MUNICIPALITY = "municipality", _("municipality")

    class State(models.TextChoices):
        NAMED = "named", _("named")
        ASKED = "asked", _("asked for consent")
        OBJECTED = "objected", _("objects")
        CONSENTED = "consented", _("consents")
        INVITED = "invited", _("asked to sign")
        SIGNED = "signed", _("signed")
        DECLINED = "declined", _("declined to sign")

    view_permission = "agreements.view_party"
    part_of = "version"
    places = {"organisation": "organisation", "siblings": "version__parties__organisation"}

    version = models.ForeignKey(Version, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="parties")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    position = models.PositiveSmallIntegerField(default=0)
    name_ko = models.CharField(max_length=100, blank=True, editable=False)
    name_en = models.CharField(max_length=100, blank=True, editable=False)
    state = models.CharField(max_length=20, choices=State, default="named", editable=False)
    due_on = models.DateField(_("due on"), null=True, editable=False)

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        constraints = [
            models.UniqueConstraint(fields=["version", "organisation"], name="party_once")
        ]
        indexes = [models.Index(fields=["state", "due_on", "id"], name="party_due")]

    def __str__(self):
        return f"{self.version} – {self.organisation}"

    def get_absolute_url(self):
        return f"{self.version.get_absolute_url()}#parties"

    @property
    def name(self):
        """The name as printed in the text: that of the day it was frozen."""
        return (self.name_en if in_english() else self.name_ko) or str(self.organisation)

    def text(self):
        return [self.organisation_id, self.role, self.name_ko, self.name_en]

    def content(self):
        signatures = self.signatures.order_by("pk").values_list(
            "digest", "signatory", "office", "authority"
        )
        return {
            "organisation": self.organisation_id,
            "role": self.role,
            "due_on": str(self.due_on or ""),
            "signatures": [list(signature) for signature in signatures],
        }


class Signature(models.Model):
    """Who signed which text for a party, in which office, on which authority; never changed.

    It holds only while ``digest`` is that of the version: any later edit voids it.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="signatures")
    digest = models.CharField(max_length=64)
    signatory = models.CharField(_("signatory"), max_length=100)
    office = models.CharField(_("office"), max_length=100)
    authority = models.CharField(_("authority"), max_length=200)
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("signature")
        constraints = [
            models.UniqueConstraint(fields=["party", "digest"], name="signature_once_per_text")
        ]

    def __str__(self):
        return self.signatory


class Commitment(WonLine):
    """What a version in force promises; written once, never changed."""

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


def in_english():
    return (get_language() or "ko").startswith("en")
