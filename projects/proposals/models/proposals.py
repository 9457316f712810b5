"""Proposals and their submitted revisions."""

from django.apps import apps
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User, with_deputies
from accounts.permissions import RecordQuerySet
from foundation.models import Record
from foundation.time.deadlines import DeadlineMixin
from projects.calls.models import Call


class ProposalQuerySet(RecordQuerySet):
    def for_list(self):
        """With what a row of the list shows, in a fixed number of queries."""
        return self.select_related("call", "held_by", "replaces").prefetch_related(
            "applicant__spells", "screened_by__spells"
        )

    def next_in_reserve(self):
        """The first proposal in reserve of each call that has a vacant place.

        A place is vacant after a selected proposal was withdrawn, until another is promoted for
        it. Only a selected proposal has a lead ministry, which distinguishes it from others.
        """
        same = self.model.objects.filter(call=OuterRef("call"))
        free = same.vacant()
        before = same.filter(state="reserve", reserve_place__lt=OuterRef("reserve_place"))
        return self.filter(Exists(free), ~Exists(before), state="reserve")

    def vacant(self):
        """Proposals that were selected, then withdrawn, and not replaced yet."""
        return self.filter(state="withdrawn", lead_ministry__isnull=False, replaced_by=None)

    def for_board(self):
        """With the reviews and the people assigned to them, for the board."""
        reviews = apps.get_model("projects.review").objects.order_by("pk").for_list()
        return self.for_list().prefetch_related(
            models.Prefetch("components__reviews", reviews), "components"
        )

    def for_coordination(self):
        """With the components, their budgets and reviews, for the page of coordination."""
        reviews = apps.get_model("projects.review").objects.order_by("pk")
        reviews = reviews.select_related("revision", "proposal__call").prefetch_related(
            "supported_lines", "revision__reviews"
        )
        components = apps.get_model("projects.component").objects.order_by("pk")
        return self.for_list().prefetch_related(
            models.Prefetch("components", components),
            "components__ministry__spells",
            "components__lines",
            models.Prefetch("components__reviews", reviews),
        )

    def for_page(self):
        """With everything that a proposal's page and its rules need."""
        return self.for_list().prefetch_related(
            "partners__spells",
            "lead_ministry__spells",
            "revisions",
            "call__criteria",
            "call__share_rules",
            "applicant__areas",
            "sections",
            "components__ministry__spells",
            "components__lines",
            "components__goals__plan",
            "components__access__standard__plan",
            "indicators__targets",
            "indicators__component",
            "risks",
            "other_funding__ministry__spells",
            "attachments",
            models.Prefetch(
                "components__reviews",
                apps.get_model("projects.review")
                .objects.with_holder()
                .order_by("pk")
                .select_related("revision", "proposal__call", "assigned_to")
                .prefetch_related(
                    "ministry__spells",
                    "supported_lines",
                    "marks",
                    "revision__reviews",
                    with_deputies("assigned_to"),
                    "conditions__owner__spells",
                ),
            ),
            "shortcomings__revision",
        )


class Proposal(DeadlineMixin, Record):
    """A project plan over several years under a call, made of components for ministries."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted, completeness is checked")
        SCREENING = "screening", _("with the province")
        IN_REVIEW = "in_review", _("in review")
        REVIEWED = "reviewed", _("reviewed")
        RETURNED = "returned", _("returned")
        SELECTED = "selected", _("selected")
        RESERVE = "reserve", _("in reserve")
        NOT_SELECTED = "not_selected", _("not selected")
        WITHDRAWN = "withdrawn", _("withdrawn")

    # every ministry has answered, and nothing is decided against it
    COORDINATED = (State.REVIEWED, State.RESERVE, State.SELECTED)

    view_permission = "projects.view_proposal"
    places = {
        "applicant": "applicant",
        "partners": "partners",
        "reviewing": "components__reviews__ministry",
        "province": "screened_by",
    }

    call = models.ForeignKey(Call, models.PROTECT, related_name="proposals", verbose_name=_("call"))
    applicant = models.ForeignKey(
        Organisation, models.PROTECT, related_name="proposals", verbose_name=_("applicant")
    )
    partners = models.ManyToManyField(
        Organisation, blank=True, related_name="joint_proposals", verbose_name=_("partners")
    )
    title = models.CharField(_("title"), max_length=200)
    purpose = models.TextField(_("purpose"), blank=True)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    lead_ministry = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_proposals",
        verbose_name=_("lead ministry"),
    )
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    due_on = models.DateField(null=True, editable=False)
    screened_by = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        related_name="screened_proposals",
        editable=False,
        verbose_name=_("province"),
    )
    province_place = models.PositiveSmallIntegerField(null=True, editable=False)
    above_ceilings = models.BooleanField(default=False, editable=False)
    reserve_place = models.PositiveSmallIntegerField(null=True, editable=False)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        related_name="replaced_by",
        editable=False,
        verbose_name=_("in place of"),
    )
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    held_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="held_proposals", editable=False
    )
    coordinated = models.OneToOneField(
        "projects.Round", models.PROTECT, null=True, related_name="counts_for", editable=False
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year"), last_year__lt=F("first_year") + 10),
                name="proposal_period_is_possible",
            ),
            models.UniqueConstraint(
                fields=["call", "screened_by", "province_place"],
                name="proposal_province_place_once",
            ),
            models.UniqueConstraint(
                fields=["call", "reserve_place"], name="proposal_reserve_place_once"
            ),
            models.CheckConstraint(
                condition=Q(province_place=None)
                | Q(province_place__gte=1, screened_by__isnull=False),
                name="proposal_province_place_has_a_province",
            ),
            models.CheckConstraint(
                condition=Q(reserve_place=None) | Q(reserve_place__gte=1, state="reserve"),
                name="proposal_reserve_place_is_of_a_reserve",
            ),
        ]
        indexes = [
            models.Index(fields=["-changed_at", "-id"], name="proposal_newest"),
            models.Index(fields=["state", "-changed_at", "-id"], name="proposal_by_state"),
            GinIndex(fields=["title"], opclasses=["gin_trgm_ops"], name="proposal_title_words"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("projects:proposal", args=[self.pk])

    @property
    def years(self):
        return list(range(self.first_year, self.last_year + 1))

    def components_in_order(self):
        """All components, in the order in which they were added."""
        return sorted(self.components.all(), key=lambda component: component.pk)

    def live_components(self):
        return [each for each in self.components_in_order() if not each.dropped]

    def current_reviews(self):
        """The reviews of the last submitted revision."""
        reviews = [r for c in self.components_in_order() for r in c.reviews.all()]
        newest = max((review.revision.number for review in reviews), default=0)
        return [review for review in reviews if review.revision.number == newest]

    def open_shortcomings(self):
        """The shortcomings of the last return; none after a new submission."""
        if self.state != self.State.RETURNED:
            return []
        rows = sorted(self.shortcomings.all(), key=lambda row: row.pk)
        last = max((row.revision.number for row in rows), default=0)
        newest = max((revision.number for revision in self.revisions.all()), default=0)
        return [row for row in rows if row.revision.number == last == newest]

    def content(self):
        components = self.components.live().prefetch_related("lines", "goals", "access")
        return {
            "call": self.call_id,
            "applicant": self.applicant_id,
            "partners": sorted(self.partners.values_list("pk", flat=True)),
            "title": self.title,
            "purpose": self.purpose,
            "years": [self.first_year, self.last_year],
            "lead_ministry": self.lead_ministry_id,
            "screening": [self.screened_by_id, self.province_place],
            "reserve_place": self.reserve_place,
            "above_ceilings": self.above_ceilings,
            "coordinated": self.coordinated_id,
            "due_on": self.due_on and str(self.due_on),
            "sections": {s.name: s.text for s in self.sections.order_by("name")},
            "components": [component.content() for component in components],
            "indicators": contents(self.indicators.prefetch_related("targets")),
            "risks": contents(self.risks),
            "other_funding": contents(self.other_funding),
            "attachments": contents(self.attachments.filter(removed=False)),
        } | self.content_of_outcome()

    def content_of_outcome(self):
        """Results of decisions: shortcomings and replaced proposal; empty when submitted."""
        missing = [row.content() for row in self.open_shortcomings()]
        return ({"shortcomings": missing} if missing else {}) | (
            {"replaces": self.replaces_id} if self.replaces_id else {}
        )


def contents(rows):
    return [row.content() for row in rows.order_by("pk")]


class Revision(models.Model):
    """The complete content of a proposal as submitted; never changed."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("revision")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="revision_number_once"),
            models.CheckConstraint(
                condition=~Q(prepared_by=F("submitted_by")), name="revision_four_eyes"
            ),
        ]

    def __str__(self):
        return str(self.number)
