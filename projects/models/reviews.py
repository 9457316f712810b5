"""What ministries answer, component by component."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from accounts.permissions import RecordQuerySet
from foundation.models import Record

from .components import Component
from .lines import WonLine, lines_content
from .proposals import Proposal, Revision


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

    @property
    def is_closed(self):
        """Nothing more will come: answered and confirmed, passed over, or no longer asked."""
        return self.state not in (self.State.WAITING, self.State.ANSWERED)

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
