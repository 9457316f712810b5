"""How a gap of the promise is closed: proposed by the payer, accepted by the recipient."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.permissions import RecordQuerySet
from disbursements.ledger.models import Appropriation, Stage
from foundation.models import Record


class ResolutionQuerySet(RecordQuerySet):
    def for_list(self):
        return self.select_related(
            "appropriation__component",
            "appropriation__agreement",
            "appropriation__balance",
            "proposed_by",
            "decided_by",
        ).prefetch_related("appropriation__payer__spells", "appropriation__recipient__spells")

    def counting(self, today):
        """Accepted resolutions that waive the promise or whose day ``until`` has not passed."""
        good = self.filter(state=GapResolution.State.ACCEPTED)
        return good.filter(Q(way=GapResolution.Way.ACCEPTED) | Q(until__gte=today))


class GapResolution(Record):
    """A way to close a gap of one line, in won; ``stage`` is where the gap shows.

    A resolution with a day ``until`` does not count after that day: the gap is open again unless
    the money came.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("resolution", "proposed")
        ACCEPTED = "accepted", pgettext_lazy("resolution", "accepted")
        REFUSED = "refused", pgettext_lazy("resolution", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("resolution", "withdrawn")

    class Way(models.TextChoices):
        LATER = "later_year", pgettext_lazy("way", "in a later year")
        SUPPLEMENTARY = "supplementary", pgettext_lazy("way", "by a supplementary budget")
        SMALLER = "smaller_scope", pgettext_lazy("way", "smaller scope by an amendment")
        OTHER = "other_source", pgettext_lazy("way", "from another source")
        ACCEPTED = "accepted", pgettext_lazy("way", "the promise is waived")

    GAPS = [(stage.value, stage.label) for stage in (Stage.REQUESTED, Stage.BILL, Stage.VOTED)]

    view_permission = "disbursements.view_gap"
    part_of = "appropriation"
    places = {
        "payer": "appropriation__payer",
        "recipient": "appropriation__recipient",
        "parties": "appropriation__agreement__versions__parties__organisation",
    }

    appropriation = models.ForeignKey(Appropriation, models.PROTECT, related_name="resolutions")
    stage = models.CharField(_("where it shows"), max_length=20, choices=GAPS, editable=False)
    way = models.CharField(_("way to close the gap"), max_length=20, choices=Way)
    won = models.BigIntegerField(_("won"))
    until = models.DateField(
        _("by which day"),
        null=True,
        blank=True,
        help_text=_("After this day the gap is open again, unless the money came."),
    )
    reason = models.CharField(_("reason"), max_length=500)
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    due_on = models.DateField(_("due on"), null=True, editable=False)

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("resolution of a gap")
        constraints = [
            models.CheckConstraint(condition=Q(won__gt=0), name="gap_resolution_closes_something"),
            models.CheckConstraint(
                condition=Q(way="accepted") ^ Q(until__isnull=False),
                name="gap_resolution_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="gap_resolution_decider_is_not_proposer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "refused"]) | Q(decided_by__isnull=False),
                name="gap_resolution_is_decided_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["appropriation", "state"], name="gap_resolution_of_line"),
            models.Index(fields=["state", "due_on", "id"], name="gap_resolution_by_state"),
        ]

    def __str__(self):
        return _("%(line)s, gap of %(won)s won") % {
            "line": self.appropriation,
            "won": f"{self.won:,}",
        }

    def get_absolute_url(self):
        return reverse("disbursements:gap-resolution", args=[self.pk])

    def content(self):
        return {
            "appropriation": self.appropriation_id,
            "stage": self.stage,
            "way": self.way,
            "won": self.won,
            "until": str(self.until or ""),
            "reason": self.reason,
            "due_on": str(self.due_on or ""),
        }
