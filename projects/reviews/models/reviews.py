"""Reviews by ministries, component by component, with marks and supported amounts."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User, holders_posts, with_deputies
from accounts.permissions import RecordQuerySet
from foundation.models import Record
from foundation.time import clock
from foundation.time.deadlines import DeadlineMixin, is_over, latest_over
from projects.calls.models import Criterion
from projects.proposals.models import Component, Proposal, Revision, WonLine, lines_content


class ReviewQuerySet(RecordQuerySet):
    def with_holder(self):
        """With ``is_held``: whether the reviewer to whom it is assigned still has the post."""
        posts = holders_posts("projects.write_review", Review, "assigned_to", clock.today())
        return self.annotate(is_held=models.Exists(posts))

    def running(self):
        """Those whose clock is not stopped by an open question: somebody must act on them."""
        return self.filter(state__in=Review.OPEN, stopped_on=None)

    def overdue(self, today):
        """Those that the ministry has not answered in time: “no opinion” may be recorded."""
        rows = self.running().exclude(state=Review.State.DISOWNED)
        return rows.filter(due_on__lte=latest_over(today))

    def for_list(self):
        rows = self.with_holder().select_related(
            "component", "proposal__call", "revision", "assigned_to"
        )
        return rows.prefetch_related(
            "ministry__spells",
            "proposal__applicant__spells",
            "revision__reviews",
            with_deputies("assigned_to"),
        )

    def for_program(self):
        """With everything that the API returns of each review."""
        return self.for_list().prefetch_related("supported_lines", "marks", "conditions")

    def for_page(self):
        """With what the page and the rules need, too: people with a conflict of interest."""
        return self.for_program().prefetch_related(
            "component__lines",
            "conditions__owner__spells",
            "conflicts__person",
            "proposal__call__criteria",
            "proposal__applicant__memberships",
            "proposal__partners__memberships",
        )


class Review(DeadlineMixin, Record):
    """The review of one component of one revision by one ministry."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for an answer")
        ANSWERED = "answered", _("answer prepared")
        CONFIRMED = "confirmed", _("answered")
        DISOWNED = "disowned", _("not ours, to be re-routed")
        REROUTED = "rerouted", _("another ministry is asked")
        SILENT = "silent", _("no opinion")
        LAPSED = "lapsed", _("lapsed")

    OPEN = (State.WAITING, State.ANSWERED, State.DISOWNED)

    class Answer(models.TextChoices):
        ACCEPT = "accept", _("accept")
        CONDITIONS = "conditions", _("accept on conditions")
        CHANGED = "changed", _("accept with changed amounts")
        DECLINE = "decline", _("decline")
        NOT_OURS = "not_ours", _("not ours")

    WITH_CONDITIONS = (Answer.CONDITIONS, Answer.CHANGED)

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
    note_to_others = models.TextField(_("note to the other ministries"), blank=True)
    due_on = models.DateField(_("due on"))
    stopped_on = models.DateField(null=True, editable=False)
    assigned_to = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        related_name="assigned_reviews",
        editable=False,
        verbose_name=_("reviewer"),
    )
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
            models.UniqueConstraint(
                fields=["revision", "component", "ministry"], name="review_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "disowned", "rerouted"])
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
        return reverse("projects:review", args=[self.pk])

    @property
    def is_closed(self):
        """Whether it needs no more action: confirmed, rerouted, passed over, or lapsed."""
        return self.state not in self.OPEN

    @property
    def deadline(self):
        return None if self.is_closed else self.due_on

    @property
    def counted_on(self):
        return self.stopped_on or clock.today()

    def is_overdue(self, today):
        """Whether the ministry has not answered in time; ``ReviewQuerySet.overdue`` in SQL."""
        is_asked = self.state in (self.State.WAITING, self.State.ANSWERED)
        return is_asked and self.stopped_on is None and is_over(self.due_on, today)

    def shows_answer_to(self, user):
        """Whether ``user`` may read the answer; others than the ministry only once it is confirmed.

        If the call has ``reviews_apart``, another ministry that is asked about the same revision
        reads it only after its own answers.
        """
        mine = user.organisations
        if self.ministry_id in mine:
            return True
        if self.state not in (self.State.CONFIRMED, self.State.DISOWNED, self.State.REROUTED):
            return False
        return not self.proposal.call.reviews_apart or all(
            other.is_closed for other in self.revision.reviews.all() if other.ministry_id in mine
        )

    def content(self):
        return {
            "component": self.component_id,
            "revision": self.revision.number,
            "ministry": self.ministry_id,
            "answer": self.answer,
            "reason": self.reason,
            "conditions": [row.terms() for row in self.conditions.order_by("pk")],
            "note_to_others": self.note_to_others,
            "assigned_to": self.assigned_to_id,
            "marks": sorted(mark.content() for mark in self.marks.all()),
            "conflicts": sorted(conflict.person_id for conflict in self.conflicts.all()),
            "due_on": str(self.due_on),
            "stopped_on": self.stopped_on and str(self.stopped_on),
            "supported": lines_content(self.supported_lines.all()),
        }


class Mark(models.Model):
    """The mark of a review for one criterion of the call: 0 to 100 points."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="marks")
    points = models.PositiveSmallIntegerField(_("points"))
    finding = models.TextField(_("finding"), blank=True)

    class Meta:
        verbose_name = _("mark")
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="mark_once"),
            models.CheckConstraint(
                condition=Q(points__range=(0, 100)), name="mark_points_are_possible"
            ),
        ]

    def content(self):
        return [self.criterion_id, self.points, self.finding]


class Conflict(models.Model):
    """A person with a conflict of interest, who must not review it."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="conflicts")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("conflict of interest")
        constraints = [
            models.UniqueConstraint(fields=["review", "person"], name="conflict_declared_once")
        ]


class SupportedLine(WonLine):
    """A supported amount of a review: one year, one source, whole won."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="supported_lines")

    class Meta:
        verbose_name = _("supported amount")
        constraints = [
            models.UniqueConstraint(
                fields=["review", "fiscal_year", "source"], name="supported_line_once"
            ),
            models.CheckConstraint(condition=Q(won__gt=0), name="supported_line_is_positive"),
        ]
