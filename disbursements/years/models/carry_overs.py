"""Money carried from one year into the next: requested by one person, decided by another."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.permissions import RecordQuerySet
from disbursements.ledger.models import Account, Appropriation, CarryKind
from foundation.models import Record


class CarryOverQuerySet(RecordQuerySet):
    def for_list(self):
        return self.select_related(
            "appropriation__component", "appropriation__agreement", "requested_by", "decided_by"
        ).prefetch_related("appropriation__payer__spells", "appropriation__recipient__spells")


class CarryOver(Record):
    """A carry-over (이월) of one line: explicit, by accident, or of a continuing project.

    ``approval`` names the council's or the ministry's approval, which an explicit one
    cannot do without (Local Finance Act, article 50).
    """

    class State(models.TextChoices):
        REQUESTED = "requested", pgettext_lazy("carry-over", "requested")
        APPROVED = "approved", pgettext_lazy("carry-over", "approved")
        REFUSED = "refused", pgettext_lazy("carry-over", "refused")

    FROM = [(a.value, a.label) for a in (Account.APPROPRIATION, Account.TREASURY)]

    view_permission = "disbursements.view_carry_over"
    part_of = "appropriation"
    places = {
        "payer": "appropriation__payer",
        "recipient": "appropriation__recipient",
        "parties": "appropriation__agreement__versions__parties__organisation",
    }

    appropriation = models.ForeignKey(Appropriation, models.PROTECT, related_name="carry_overs")
    kind = models.CharField(_("kind of carry-over"), max_length=20, choices=CarryKind)
    account = models.CharField(_("from"), max_length=20, choices=FROM)
    won = models.BigIntegerField(_("won"))
    reason = models.CharField(_("reason"), max_length=500)
    approval = models.CharField(
        _("approval by the council or the ministry"), max_length=200, blank=True
    )
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    due_on = models.DateField(_("due on"), null=True, editable=False)

    objects = CarryOverQuerySet.as_manager()

    class Meta:
        verbose_name = _("carry-over")
        constraints = [
            models.CheckConstraint(condition=Q(won__gt=0), name="carry_over_moves_something"),
            models.CheckConstraint(
                condition=~Q(kind="explicit") | ~Q(approval=""),
                name="carry_over_explicit_is_approved",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("requested_by")),
                name="carry_over_decider_is_not_requester",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "refused"]) | Q(decided_by__isnull=False),
                name="carry_over_is_decided_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on", "id"], name="carry_over_by_state")]

    def __str__(self):
        return _("%(line)s, carry-over") % {"line": self.appropriation}

    def get_absolute_url(self):
        return reverse("disbursements:carry-over", args=[self.pk])

    def content(self):
        names = ("kind", "account", "won", "reason", "approval")
        facts = {name: getattr(self, name) for name in names}
        return {"appropriation": self.appropriation_id, **facts, "due_on": str(self.due_on or "")}
