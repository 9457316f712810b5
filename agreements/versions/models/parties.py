"""Parties of a version, and their signatures."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from accounts.permissions import RecordQuerySet
from foundation.models import Record
from foundation.time import clock
from foundation.time.deadlines import DeadlineMixin

from .versions import Version, in_english


class PartyQuerySet(RecordQuerySet):
    def staying(self):
        """The parties that remain bound: all but leaving parties."""
        return self.exclude(role=Party.Role.LEAVING)

    def for_page(self):
        return self.select_related("version__agreement").prefetch_related("organisation__spells")


class Party(DeadlineMixin, Record):
    """An organisation that consents to a version and signs it, represented by a person."""

    class Role(models.TextChoices):
        LEAD_MINISTRY = "lead_ministry", _("lead ministry")
        MINISTRY = "ministry", _("participating ministry")
        PROVINCE = "province", _("province")
        MUNICIPALITY = "municipality", _("municipality")
        LEAVING = "leaving", _("leaving party")
        COORDINATION = "coordination", _("coordination body")

    class State(models.TextChoices):
        NAMED = "named", _("named")
        ASKED = "asked", _("asked for consent")
        INFORMED = "informed", _("informed, not concerned")
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

    def is_bound_by_the_base(self):
        """This party's row in the amended version; None for a new party, or a body that ended."""
        amendment = self.version.amendment
        if amendment is None or self.organisation.has_ended_on(clock.today()):
            return None
        return amendment.base.parties.staying().filter(organisation=self.organisation).first()

    def text(self):
        return [self.organisation_id, self.role, self.name_ko, self.name_en]

    @property
    def field(self):
        """The name of this party's signature field in the document."""
        return f"party-{self.pk}"

    def current_signature(self):
        """The signature under the current text; None if it is not signed or was voided."""
        if self.state != self.State.SIGNED:
            return None
        digest = self.version.digest
        return next((each for each in self.signatures.all() if each.digest == digest), None)

    def content(self):
        stances = [s.content() for s in self.stances.filter(valid=True).order_by("number")]
        return {
            "organisation": self.organisation_id,
            "role": self.role,
            "due_on": str(self.due_on or ""),
            "signatures": [each.content() for each in self.signatures.order_by("pk")],
        } | ({"stances": stances} if stances else {})  # older events hold none


class Signature(models.Model):
    """Who signed which text for a party, in which office, on which authority; append-only.

    It is valid only while ``digest`` is that of the version: any later edit voids it.
    """

    class Kind(models.TextChoices):
        PLATFORM = "platform", _("signed here")
        ELSEWHERE = "elsewhere", _("signed with software of its own")
        PAPER = "paper", _("signed on paper")
        BEFORE = "before", _("recorded before documents were signed")

    party = models.ForeignKey(Party, models.PROTECT, related_name="signatures")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    deed = models.OneToOneField(
        "Deed", models.PROTECT, null=True, blank=True, related_name="signature"
    )
    paper = models.OneToOneField(
        "PaperSignature", models.PROTECT, null=True, blank=True, related_name="signature"
    )
    fingerprint = models.CharField(max_length=64, blank=True)
    delegation = models.ForeignKey(
        "agreements.Delegation", models.PROTECT, null=True, blank=True, related_name="signatures"
    )
    digest = models.CharField(max_length=64)
    signatory = models.CharField(_("signatory"), max_length=100)
    office = models.CharField(_("office"), max_length=100)
    authority = models.CharField(_("authority"), max_length=200)
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("signature")
        constraints = [
            models.UniqueConstraint(fields=["party", "digest"], name="signature_once_per_text"),
            models.CheckConstraint(
                condition=Q(kind__in=["platform", "elsewhere"], deed__isnull=False, paper=None)
                & ~Q(fingerprint="")
                | Q(kind="paper", deed=None, paper__isnull=False, fingerprint="")
                | Q(kind="before", deed=None, paper=None),
                name="signature_has_its_proof",
            ),
        ]

    def __str__(self):
        return self.signatory

    def content(self):
        values = [self.digest, self.signatory, self.office, self.authority]
        return values if self.kind == self.Kind.BEFORE else [*values, self.kind, self.fingerprint]
