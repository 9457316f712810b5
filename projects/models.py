"""What is asked for: calls, proposals, components, their yearly budget, and reviews."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from accounts.permissions import RecordQuerySet
from foundation.models import Record

from .budget import Line

WORKING_DAYS = _("In working days.")


class Source(models.TextChoices):
    NATIONAL = "national", _("national")
    PROVINCIAL = "provincial", _("provincial")
    MUNICIPAL = "municipal", _("municipal")
    PUBLIC_BODY = "public_body", _("public body")
    PRIVATE = "private", _("private")


class CallQuerySet(RecordQuerySet):
    def accepting(self, today):
        return self.filter(state=Call.State.OPEN, opens_on__lte=today, closes_on__gte=today)


class Call(Record):
    """A round of proposals with its window, its rules and its periods for answering."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    view_permission = "projects.view_call"
    places = {}

    title_ko = models.CharField(_("title in Korean"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    first_fiscal_year = models.PositiveSmallIntegerField(_("first fiscal year"))
    least_years = models.PositiveSmallIntegerField(_("shortest period in years"), default=3)
    most_years = models.PositiveSmallIntegerField(_("longest period in years"), default=5)
    least_ministries = models.PositiveSmallIntegerField(_("least number of ministries"), default=2)
    national_ceiling = models.BigIntegerField(_("most national funds for one proposal, in won"))
    block_grant = models.BooleanField(
        _("block grant: the lead ministry pays the national funds of the whole"), default=False
    )
    review_days = models.PositiveSmallIntegerField(
        _("days for a ministry's review"), default=10, help_text=WORKING_DAYS
    )
    consent_days = models.PositiveSmallIntegerField(
        _("days for the consent of the parties"), default=10, help_text=WORKING_DAYS
    )
    signing_days = models.PositiveSmallIntegerField(
        _("days for the signatures"), default=20, help_text=WORKING_DAYS
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
            models.CheckConstraint(condition=Q(national_ceiling__gt=0), name="call_has_a_ceiling"),
        ]

    def __str__(self):
        return self.title_ko if (get_language() or "ko").startswith("ko") else self.title_en

    def get_absolute_url(self):
        return reverse("call", args=[self.pk])

    def accepts_on(self, day):
        return self.state == self.State.OPEN and self.opens_on <= day <= self.closes_on

    def content(self):
        names = [
            "title_ko",
            "title_en",
            "first_fiscal_year",
            "least_years",
            "most_years",
            "least_ministries",
            "national_ceiling",
            "block_grant",
            "review_days",
            "consent_days",
            "signing_days",
        ]
        window = {"opens_on": str(self.opens_on), "closes_on": str(self.closes_on)}
        return {name: getattr(self, name) for name in names} | window


class ProposalQuerySet(RecordQuerySet):
    def for_list(self):
        """With what a row of a list shows, in a fixed number of queries."""
        return self.select_related("call").prefetch_related("applicant__spells")

    def for_page(self):
        """With everything a proposal's page and its rules read."""
        return self.for_list().prefetch_related(
            "partners__spells",
            "lead_ministry__spells",
            "revisions",
            "components__ministry__spells",
            "components__lines",
            models.Prefetch(
                "components__reviews",
                Review.objects.order_by("pk")
                .select_related("revision")
                .prefetch_related("ministry__spells", "supported_lines"),
            ),
        )


class Proposal(Record):
    """A project plan over several years, under a call, made of components of ministries."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        REVIEWED = "reviewed", _("reviewed")
        RETURNED = "returned", _("returned")
        SELECTED = "selected", _("selected")
        NOT_SELECTED = "not_selected", _("not selected")
        WITHDRAWN = "withdrawn", _("withdrawn")

    view_permission = "projects.view_proposal"
    places = {
        "applicant": "applicant",
        "partners": "partners",
        "reviewing": "components__reviews__ministry",
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
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year"), last_year__lt=F("first_year") + 10),
                name="proposal_period_is_possible",
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
        return reverse("proposal", args=[self.pk])

    @property
    def years(self):
        return list(range(self.first_year, self.last_year + 1))

    def live_components(self):
        return [component for component in self.components.all() if not component.dropped]

    def current_reviews(self):
        """The reviews of the revision submitted last."""
        reviews = [r for c in self.components.all() for r in c.reviews.all()]
        newest = max((review.revision.number for review in reviews), default=0)
        return [review for review in reviews if review.revision.number == newest]

    def content(self):
        components = self.components.live().prefetch_related("lines")
        return {
            "call": self.call_id,
            "applicant": self.applicant_id,
            "partners": sorted(self.partners.values_list("pk", flat=True)),
            "title": self.title,
            "purpose": self.purpose,
            "years": [self.first_year, self.last_year],
            "lead_ministry": self.lead_ministry_id,
            "components": [component.content() for component in components],
        }


class Revision(models.Model):
    """What was submitted, word for word; never changed afterwards."""

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


class ComponentQuerySet(models.QuerySet):
    def live(self):
        return self.filter(dropped=False).order_by("pk")


class Component(models.Model):
    """The smallest funded part of a proposal; one ministry is competent for it.

    A component that a ministry has already been asked about is dropped, not deleted.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="components")
    title = models.CharField(_("title"), max_length=200)
    ministry = models.ForeignKey(
        Organisation, models.PROTECT, related_name="components", verbose_name=_("ministry")
    )
    description = models.TextField(_("what will be done"), blank=True)
    dropped = models.BooleanField(default=False, editable=False)

    objects = ComponentQuerySet.as_manager()

    class Meta:
        verbose_name = _("component")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("component", args=[self.pk])

    def content(self):
        return {
            "id": self.pk,
            "title": self.title,
            "ministry": self.ministry_id,
            "description": self.description,
            "lines": lines_content(self.lines.all()),
        }

    def plain_lines(self):
        return plain(self.lines.all(), component=self)


class WonLine(models.Model):
    """An amount of one fiscal year from one source."""

    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    source = models.CharField(_("source"), max_length=20, choices=Source)
    won = models.BigIntegerField(_("won"))

    class Meta:
        abstract = True


class BudgetLine(WonLine):
    """What a component asks for: one year, one source, whole won."""

    component = models.ForeignKey(Component, models.CASCADE, related_name="lines")

    class Meta:
        verbose_name = _("budget line")
        constraints = [
            models.UniqueConstraint(
                fields=["component", "fiscal_year", "source"], name="budget_line_once"
            ),
            models.CheckConstraint(condition=Q(won__gt=0), name="budget_line_is_positive"),
        ]


class ReviewQuerySet(RecordQuerySet):
    def for_list(self):
        return self.select_related("component", "proposal", "revision").prefetch_related(
            "ministry__spells", "proposal__applicant__spells"
        )

    def for_page(self):
        return self.for_list().prefetch_related("component__lines", "supported_lines")


class Review(Record):
    """What one ministry answers about one component, as submitted in one revision."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for an answer")
        ANSWERED = "answered", _("answer prepared")
        CONFIRMED = "confirmed", _("answered")
        SILENT = "silent", _("no opinion")
        LAPSED = "lapsed", _("lapsed")

    class Answer(models.TextChoices):
        ACCEPT = "accept", _("accept")
        CONDITIONS = "conditions", _("accept on conditions")
        CHANGED = "changed", _("accept with changed amounts")
        DECLINE = "decline", _("decline")
        NOT_OURS = "not_ours", _("not ours")

    view_permission = "projects.view_review"
    part_of = "proposal"
    places = {
        "ministry": "ministry",
        "applicant": "proposal__applicant",
        "siblings": "proposal__components__reviews__ministry",
    }

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="reviews")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="reviews")
    component = models.ForeignKey(Component, models.PROTECT, related_name="reviews")
    ministry = models.ForeignKey(Organisation, models.PROTECT, related_name="reviews")
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    answer = models.CharField(_("answer"), max_length=20, choices=Answer, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    conditions = models.TextField(_("conditions"), blank=True)
    due_on = models.DateField(_("due on"))
    prepared_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        constraints = [
            models.UniqueConstraint(fields=["revision", "component"], name="review_once"),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | (Q(prepared_by__isnull=False, decided_by__isnull=False) & ~Q(answer="")),
                name="review_confirmed_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(prepared_by=F("decided_by")),
                name="review_four_eyes",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on", "id"], name="review_due")]

    def __str__(self):
        return str(self.component)

    def get_absolute_url(self):
        return reverse("review", args=[self.pk])

    def shows_answer_to(self, user):
        """A prepared answer is the ministry's own until its approver has confirmed it."""
        return self.state == self.State.CONFIRMED or any(
            self.ministry_id in post.reach for post in user.posts
        )

    def content(self):
        return {
            "component": self.component_id,
            "revision": self.revision.number,
            "ministry": self.ministry_id,
            "answer": self.answer,
            "reason": self.reason,
            "conditions": self.conditions,
            "due_on": str(self.due_on),
            "supported": lines_content(self.supported_lines.all()),
        }


class SupportedLine(WonLine):
    """What a ministry's answer supports of a component: one year, one source, whole won."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="supported_lines")

    class Meta:
        verbose_name = _("supported amount")
        constraints = [
            models.UniqueConstraint(
                fields=["review", "fiscal_year", "source"], name="supported_line_once"
            ),
            models.CheckConstraint(condition=Q(won__gt=0), name="supported_line_is_positive"),
        ]


def lines_content(lines):
    return sorted([line.fiscal_year, line.source, line.won] for line in lines)


def plain(lines, *, component):
    """Rows as the plain values that :mod:`projects.budget` sums."""
    return [
        Line(component.pk, component.ministry_id, line.fiscal_year, line.source, line.won)
        for line in lines
    ]
