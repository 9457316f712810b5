"""Amounts unspent on the day an agreement was terminated."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.models import Termination
from disbursements.ledger.models import Appropriation


class UnspentLineQuerySet(models.QuerySet):
    def for_page(self):
        rows = self.select_related("appropriation__component", "appropriation__balance")
        return rows.order_by("appropriation__component", "appropriation__fiscal_year", "pk")


class UnspentLine(models.Model):
    """One line of money on the day its agreement was terminated; written once, never changed.

    ``unpaid`` was granted and not paid out, ``unspent`` was paid (of local funds: voted) and
    not executed.
    """

    termination = models.ForeignKey(Termination, models.PROTECT, related_name="unspent_lines")
    appropriation = models.ForeignKey(Appropriation, models.PROTECT, related_name="+")
    agreed = models.BigIntegerField(_("agreed"))
    granted = models.BigIntegerField(_("granted"))
    paid = models.BigIntegerField(_("paid"))
    executed = models.BigIntegerField(_("executed"))
    unpaid = models.BigIntegerField(_("granted and not paid"))
    unspent = models.BigIntegerField(_("unspent"))

    objects = UnspentLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("unspent line")
        constraints = [
            models.UniqueConstraint(
                fields=["termination", "appropriation"], name="unspent_line_once"
            ),
            models.CheckConstraint(
                condition=Q(unpaid__gte=0, unspent__gte=0), name="unspent_line_not_below_zero"
            ),
        ]
