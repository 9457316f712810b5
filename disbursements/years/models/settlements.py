"""The settlement of a line's year: what was left over, its interest, and its return."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.permissions import RecordQuerySet
from disbursements.ledger.models import Appropriation
from foundation.models import Record


class SettlementQuerySet(RecordQuerySet):
    def for_list(self):
        return self.select_related(
            "appropriation__component", "appropriation__agreement", "reported_by", "accepted_by"
        ).prefetch_related("appropriation__payer__spells", "appropriation__recipient__spells")


class Settlement(Record):
    """A settlement (정산) of one national line: reported by the recipient, accepted by the
    ministry, and settled when what is left has been returned.
    """

    class State(models.TextChoices):
        REPORTED = "reported", pgettext_lazy("settlement", "reported")
        SENT_BACK = "sent_back", pgettext_lazy("settlement", "sent back")
        ACCEPTED = "accepted", pgettext_lazy("settlement", "accepted")
        SETTLED = "settled", pgettext_lazy("settlement", "settled")

    view_permission = "disbursements.view_settlement"
    part_of = "appropriation"
    places = {
        "payer": "appropriation__payer",
        "recipient": "appropriation__recipient",
        "parties": "appropriation__agreement__versions__parties__organisation",
    }

    appropriation = models.OneToOneField(Appropriation, models.PROTECT, related_name="settlement")
    unspent = models.BigIntegerField(_("unspent"), default=0, editable=False)
    interest = models.BigIntegerField(_("interest"), default=0)
    evidence = models.CharField(_("evidence"), max_length=200)
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    accepted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    due_on = models.DateField(_("due on"), null=True, editable=False)

    objects = SettlementQuerySet.as_manager()

    class Meta:
        verbose_name = _("settlement")
        constraints = [
            models.CheckConstraint(
                condition=Q(unspent__gte=0, interest__gte=0), name="settlement_not_below_zero"
            ),
            models.CheckConstraint(
                condition=Q(accepted_by=None) | ~Q(accepted_by=F("reported_by")),
                name="settlement_accepter_is_not_reporter",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "settled"]) | Q(accepted_by__isnull=False),
                name="settlement_is_accepted_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on", "id"], name="settlement_by_state")]

    def __str__(self):
        return _("%(line)s, settlement") % {"line": self.appropriation}

    def get_absolute_url(self):
        return reverse("disbursements:settlement", args=[self.pk])

    @property
    def to_return(self):
        """What goes back to the ministry, in won."""
        return self.unspent + self.interest

    def content(self):
        return {
            "appropriation": self.appropriation_id,
            "unspent": self.unspent,
            "interest": self.interest,
            "evidence": self.evidence,
            "due_on": str(self.due_on or ""),
        }
