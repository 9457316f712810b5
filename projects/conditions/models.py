"""Conditions of a ministry's acceptance, and shortcomings of a returned proposal."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, User
from accounts.permissions import RecordQuerySet
from foundation.models import Record
from foundation.time.deadlines import DeadlineMixin
from projects.attachments.models import Attachment
from projects.proposals.models import Proposal, Revision
from projects.reviews.models import Review


class ConditionQuerySet(RecordQuerySet):
    def imposed(self):
        """Without conditions of an answer that its ministry has not confirmed yet."""
        return self.exclude(state="")

    def unsettled(self):
        return self.filter(state__in=Condition.UNSETTLED)

    def for_list(self):
        return self.select_related("proposal", "review__component", "paper").prefetch_related(
            "review__ministry__spells", "owner__spells", "proposal__applicant__spells"
        )

    def for_page(self):
        """With what the rules need, too: people with a conflict of interest."""
        return self.for_list().prefetch_related(
            "review__conflicts__person",
            "proposal__applicant__memberships",
            "proposal__partners__memberships",
        )


class Condition(DeadlineMixin, Record):
    """One condition of a ministry's acceptance (조건): its owner, its due date, and how it was met.

    Until the answer is confirmed it is part of the prepared answer and has no state.
    ``first_due_on`` keeps the due date that was confirmed, even if ``due_on`` changes later.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("condition", "to be met")
        ANSWERED = "answered", pgettext_lazy("condition", "answered, to be checked")
        MET = "met", pgettext_lazy("condition", "met")
        WAIVED = "waived", pgettext_lazy("condition", "waived")
        LAPSED = "lapsed", pgettext_lazy("condition", "lapsed")

    UNSETTLED = (State.OPEN, State.ANSWERED)
    DECIDED = (State.MET, State.WAIVED)

    view_permission = "projects.view_condition"
    part_of = "proposal"
    places = {
        "ministry": "review__ministry",
        "owner": "owner",
        "applicant": "proposal__applicant",
        "lead": "proposal__lead_ministry",
    }

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="conditions")
    review = models.ForeignKey(Review, models.CASCADE, related_name="conditions")
    text = models.TextField(_("condition"))
    owner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="conditions", verbose_name=_("who meets it")
    )
    due_on = models.DateField(_("due on"))
    first_due_on = models.DateField(null=True, editable=False)
    imposed_on = models.DateField(null=True, editable=False)
    check_due_on = models.DateField(null=True, editable=False)
    answer = models.TextField(_("how it is met"), blank=True)
    paper = models.ForeignKey(
        Attachment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("paper that proves it"),
    )
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = ConditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("condition")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="condition_says_something"),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "met"])
                | (Q(answered_by__isnull=False) & ~Q(answer="")),
                name="condition_answered_has_an_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["met", "waived"]) | Q(decided_by__isnull=False),
                name="condition_is_settled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | Q(answered_by=None)
                | ~Q(answered_by=F("decided_by")),
                name="condition_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(state="", imposed_on=None)
                | (~Q(state="") & Q(imposed_on__isnull=False)),
                name="condition_is_imposed_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="", first_due_on=None)
                | (~Q(state="") & Q(first_due_on__isnull=False)),
                name="condition_keeps_its_first_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(check_due_on__isnull=False),
                name="condition_is_checked_by_a_day",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on", "id"], name="condition_due")]

    def __str__(self):
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"

    def get_absolute_url(self):
        return reverse("projects:condition", args=[self.pk])

    @property
    def is_unsettled(self):
        return self.state in self.UNSETTLED

    @property
    def holder(self):
        """The organisation that must act; None if it is settled or ministries are reviewing."""
        if self.state == self.State.ANSWERED:
            return self.review.ministry
        begun = self.proposal.state in Proposal.COORDINATED
        return self.owner if self.state == self.State.OPEN and begun else None

    @property
    def deadline(self):
        """The owner's day, or the ministry's for checking the answer; None if nobody must act."""
        if self.holder is None:
            return None
        return self.check_due_on if self.state == self.State.ANSWERED else self.due_on

    @property
    def is_redated(self):
        return self.first_due_on not in (None, self.due_on)

    def terms(self):
        """The condition as part of the ministry's answer, in force once the answer is confirmed."""
        day = self.first_due_on or self.due_on
        return {"text": self.text, "owner": self.owner_id, "due_on": str(day)}

    def content(self):
        return self.terms() | {
            "due_on": str(self.due_on),
            "review": self.review_id,
            "imposed_on": str(self.imposed_on),
            "check_due_on": self.check_due_on and str(self.check_due_on),
            "answer": self.answer,
            "paper": self.paper_id,
        }


class Shortcoming(models.Model):
    """What is missing in a returned proposal: in which part of which revision.

    Rows are never deleted; those of the last revision count while the proposal is returned.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="shortcomings")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="shortcomings")
    part = models.CharField(_("part"), max_length=60)
    text = models.TextField(_("what is missing"))

    class Meta:
        verbose_name = _("shortcoming")
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(part=""), name="shortcoming_says_something"
            ),
        ]

    def __str__(self):
        return self.text

    def content(self):
        return {"part": self.part, "text": self.text, "revision": self.revision.number}
