"""Tranches: parts of a year's national funds."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.permissions import RecordQuerySet
from disbursements.ledger.models import Appropriation
from foundation.models import Record


class TrancheQuerySet(RecordQuerySet):
    def payable(self):
        """Tranches that can be paid by hand or by a batch: ``TRANCHE["pay"]`` in SQL.

        Granted and not fully paid, of an open line, in no open payment batch, and of an
        agreement that is not terminated.
        """
        rows = self.filter(state=Tranche.State.GRANTED, granted__gt=F("paid"))
        rows = rows.filter(appropriation__state="open").exclude(batch_items__outcome="open")
        return rows.exclude(appropriation__agreement__versions__state="terminated")

    def for_list(self):
        return self.select_related(
            "appropriation__component", "appropriation__agreement", "appropriation__balance"
        ).prefetch_related("appropriation__payer__spells", "appropriation__recipient__spells")


class Tranche(Record):
    """A part of a year's national funds: requested, granted, paid; by three different people.

    ``granted`` and ``paid``, in won, are written only by a trigger that adds every entry.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", pgettext_lazy("tranche", "requested")
        GRANTED = "granted", pgettext_lazy("tranche", "granted")
        REFUSED = "refused", pgettext_lazy("tranche", "refused")
        PAID = "paid", pgettext_lazy("tranche", "paid")
        REVOKED = "revoked", pgettext_lazy("tranche", "revoked")

    view_permission = "disbursements.view_tranche"
    part_of = "appropriation"
    places = {
        "payer": "appropriation__payer",
        "recipient": "appropriation__recipient",
        "parties": "appropriation__agreement__versions__parties__organisation",
    }

    appropriation = models.ForeignKey(Appropriation, models.PROTECT, related_name="tranches")
    number = models.PositiveSmallIntegerField(_("number"), default=0, editable=False)
    purpose = models.CharField(_("what it is needed for"), max_length=500)
    asked = models.BigIntegerField(_("asked for"), default=0)
    granted = models.BigIntegerField(_("granted"), default=0, editable=False)
    paid = models.BigIntegerField(_("paid"), default=0, editable=False)
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    granted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    paid_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    due_on = models.DateField(_("due on"), null=True, editable=False)

    objects = TrancheQuerySet.as_manager()

    class Meta:
        verbose_name = _("tranche")
        constraints = [
            models.UniqueConstraint(fields=["appropriation", "number"], name="tranche_number_once"),
            models.CheckConstraint(
                condition=Q(asked__gte=F("granted"), granted__gte=F("paid"), paid__gte=0),
                name="tranche_amounts_in_order",
            ),
            models.CheckConstraint(
                condition=Q(granted_by=None) | ~Q(granted_by=F("requested_by")),
                name="tranche_granter_is_not_requester",
            ),
            models.CheckConstraint(
                condition=Q(paid_by=None)
                | (~Q(paid_by=F("requested_by")) & ~Q(paid_by=F("granted_by"))),
                name="tranche_payer_is_neither",
            ),
        ]
        indexes = [models.Index(fields=["state", "-changed_at", "-id"], name="tranche_by_state")]

    def __str__(self):
        return _("%(line)s, tranche %(number)s") % {
            "line": self.appropriation,
            "number": self.number or "",
        }

    def get_absolute_url(self):
        return reverse("disbursements:tranche", args=[self.pk])

    @property
    def unpaid(self):
        return self.granted - self.paid

    def content(self):
        return {
            "appropriation": self.appropriation_id,
            "number": self.number,
            "purpose": self.purpose,
            "asked": self.asked,
            "granted": self.granted,
            "paid": self.paid,
            "due_on": str(self.due_on or ""),
        }
