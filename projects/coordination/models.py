"""Rounds of coordination after the reviews, their amounts and the positions of the parties."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from accounts.permissions import RecordQuerySet
from foundation.models import Record
from foundation.time import clock
from foundation.time.deadlines import DeadlineMixin, is_over, latest_over
from projects.proposals.models import Component, Proposal, Revision, WonLine


class RoundQuerySet(RecordQuerySet):
    def overdue(self, today):
        """Open rounds whose deadline is over: “no position” may be recorded by deciding them."""
        return self.filter(state=Round.State.OPEN, due_on__lte=latest_over(today))

    def for_list(self):
        return self.select_related(
            "proposal__call", "revision", "written_by", "decided_by"
        ).prefetch_related("proposal__applicant__spells")

    def for_page(self):
        """With the positions of all parties."""
        positions = Position.objects.for_round().order_by("pk")
        return self.for_list().prefetch_related(models.Prefetch("positions", positions))


class Round(DeadlineMixin, Record):
    """One round of coordination (조정안): amounts that every party is asked to accept.

    Its amounts never change. It is open until all parties have answered; a later round
    supersedes one that was not settled.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("round", "the parties are asked")
        AGREED = "agreed", pgettext_lazy("round", "agreed by all")
        OBJECTED = "objected", pgettext_lazy("round", "objected to")
        DECIDED = "decided", pgettext_lazy("round", "closed by a decision")
        SUPERSEDED = "superseded", pgettext_lazy("round", "replaced by a later round")
        WITHDRAWN = "withdrawn", pgettext_lazy("round", "withdrawn")
        LAPSED = "lapsed", _("lapsed")

    UNSETTLED = (State.OPEN, State.OBJECTED)
    SETTLED = (State.AGREED, State.DECIDED)

    view_permission = "projects.view_round"
    part_of = "proposal"
    places = {
        "applicant": "proposal__applicant",
        "partners": "proposal__partners",
        "province": "proposal__screened_by",
        "reviewing": "proposal__components__reviews__ministry",
    }

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="rounds")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="rounds", editable=False)
    number = models.PositiveSmallIntegerField(editable=False)
    explanation = models.TextField(_("explanation"))
    due_on = models.DateField(_("due on"))
    written_on = models.DateField(default=clock.today, editable=False)
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of coordination")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="round_number_once"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(written_by=F("decided_by")),
                name="round_four_eyes",
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | Q(decided_by__isnull=False),
                name="round_decided_has_a_decider",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("written_on")), name="round_is_due_after_it_is_written"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on", "id"], name="round_due")]

    def __str__(self):
        return gettext("%(proposal)s: round %(number)s") % {
            "proposal": self.proposal,
            "number": self.number,
        }

    def get_absolute_url(self):
        return reverse("projects:round", args=[self.pk])

    @property
    def is_unsettled(self):
        return self.state in self.UNSETTLED

    @property
    def deadline(self):
        return self.due_on if self.state == self.State.OPEN else None

    def is_overdue(self, today):
        """Whether a party has not answered in time; ``RoundQuerySet.overdue`` in SQL."""
        return self.state == self.State.OPEN and is_over(self.due_on, today)

    def can_be_decided(self, today):
        """Whether a coordinator may close it by a decision: a party objects, or it is overdue."""
        return self.state == self.State.OBJECTED or self.is_overdue(today)

    def content(self):
        return {
            "number": self.number,
            "revision": self.revision.number,
            "explanation": self.explanation,
            "due_on": str(self.due_on),
            "lines": sorted(line.content() for line in self.lines.all()),
        }


class ProposedLine(WonLine):
    """What a round proposes for a component: one year, one source, whole won."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="lines")
    component = models.ForeignKey(Component, models.PROTECT, related_name="proposed_lines")

    class Meta:
        verbose_name = _("proposed amount")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "component", "fiscal_year", "source"], name="proposed_line_once"
            ),
            models.CheckConstraint(condition=Q(won__gt=0), name="proposed_line_is_positive"),
        ]

    def content(self):
        return [self.component_id, self.fiscal_year, self.source, self.won]


def write_proposed(round, lines):
    """Save the amounts of a new round; they never change."""
    ProposedLine.objects.bulk_create(
        ProposedLine(
            round=round,
            component_id=line.component,
            fiscal_year=line.year,
            source=line.source,
            won=line.won,
        )
        for line in lines
        if line.won
    )


class PositionQuerySet(RecordQuerySet):
    def for_round(self):
        """With what a row of the round's table shows."""
        return self.select_related("decided_by").prefetch_related("organisation__spells")

    def for_list(self):
        return self.for_round().select_related("round__proposal")


class Position(Record):
    """The position of one party on one round: a ministry with a component, or the applicant.

    The amounts of a round never change, so that a position is always about the same amounts.
    A missing answer is recorded as "no position", never as consent.
    """

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("position", "waiting for an answer")
        ACCEPTED = "accepted", pgettext_lazy("position", "accepts")
        OBJECTED = "objected", pgettext_lazy("position", "objects")
        SILENT = "silent", pgettext_lazy("position", "no position")
        LAPSED = "lapsed", pgettext_lazy("position", "no longer asked")

    view_permission = "projects.view_position"
    part_of = "round"
    places = {"organisation": "organisation"} | {
        name: f"round__{path}" for name, path in Round.places.items()
    }

    round = models.ForeignKey(Round, models.CASCADE, related_name="positions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="positions")
    reason = models.TextField(_("reason"), blank=True)
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="position_once"),
            models.CheckConstraint(
                condition=~Q(state="objected") | ~Q(reason=""),
                name="position_objection_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "objected"], decided_by__isnull=False)
                | (~Q(state__in=["accepted", "objected"]) & Q(decided_by=None)),
                name="position_silence_is_nobodys",
            ),
        ]

    def __str__(self):
        return str(self.round)

    def get_absolute_url(self):
        return self.round.get_absolute_url()

    def content(self):
        return {
            "round": self.round.number,
            "organisation": self.organisation_id,
            "reason": self.reason,
        }
