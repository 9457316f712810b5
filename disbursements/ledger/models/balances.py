"""The totals of a line and of an agreement's pot, written only by database triggers."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement

from .lines import Appropriation
from .stages import Stage

INSIDE = ("in_appropriation", "in_grant", "in_treasury")


def came():
    return F("voted") + F("drawn") + F("carried_in")


def ended():
    return F("executed") + F("carried_out") + F("lapsed") + F("returned")


class Balance(models.Model):
    """The totals of a line in won, written only by a trigger that adds every entry.

    ``granted`` is without what was revoked. ``votes``, ``applications``, ``requests`` and
    ``bills`` are counts, so that a vote of 0 is distinguished from no vote. ``in_…`` is the
    current amount in each account of the line. ``entries`` counts the entries; it numbers those
    without a key. From ``unreported_since`` on, spending from the local treasury is not reported.
    """

    appropriation = models.OneToOneField(
        Appropriation, models.CASCADE, primary_key=True, related_name="balance"
    )
    national = models.BooleanField()
    entries = models.PositiveIntegerField(default=0, db_default=0)
    votes = models.PositiveIntegerField(default=0, db_default=0)
    applications = models.PositiveIntegerField(default=0, db_default=0)
    requests = models.PositiveIntegerField(default=0, db_default=0)
    bills = models.PositiveIntegerField(default=0, db_default=0)
    agreed = models.BigIntegerField(_("agreed"), default=0, db_default=0)
    applied = models.BigIntegerField(_("applied for"), default=0, db_default=0)
    requested = models.BigIntegerField(_("requested in the budget"), default=0, db_default=0)
    bill = models.BigIntegerField(_("in the bill"), default=0, db_default=0)
    voted = models.BigIntegerField(_("voted"), default=0, db_default=0)
    provisional = models.BigIntegerField(_("provisional notice"), default=0, db_default=0)
    final = models.BigIntegerField(_("final notice"), default=0, db_default=0)
    carried_in = models.BigIntegerField(_("carried in"), default=0, db_default=0)
    pooled = models.BigIntegerField(_("put into the pot"), default=0, db_default=0)
    drawn = models.BigIntegerField(_("drawn from the pot"), default=0, db_default=0)
    granted = models.BigIntegerField(_("granted"), default=0, db_default=0)
    revoked = models.BigIntegerField(_("grant revoked"), default=0, db_default=0)
    paid = models.BigIntegerField(_("paid"), default=0, db_default=0)
    interest = models.BigIntegerField(_("interest"), default=0, db_default=0)
    contracted = models.BigIntegerField(_("contracted"), default=0, db_default=0)
    executed = models.BigIntegerField(_("executed"), default=0, db_default=0)
    carried_out = models.BigIntegerField(_("carried out"), default=0, db_default=0)
    lapsed = models.BigIntegerField(_("lapsed"), default=0, db_default=0)
    returned = models.BigIntegerField(_("returned"), default=0, db_default=0)
    accident_in = models.BigIntegerField(_("carried in by accident"), default=0, db_default=0)
    accident_out = models.BigIntegerField(_("carried out by accident"), default=0, db_default=0)
    in_appropriation = models.BigIntegerField(_("voted and not granted"), default=0, db_default=0)
    in_grant = models.BigIntegerField(_("granted and not paid"), default=0, db_default=0)
    in_treasury = models.BigIntegerField(_("in the local treasury"), default=0, db_default=0)
    unreported_since = models.DateField(_("spending not reported since"), null=True)

    class Meta:
        verbose_name = _("balance")
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{stage.value}__gte": 0 for stage in Stage}),
                name="balance_nothing_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(granted__lte=came()), name="balance_granted_within_voted"
            ),
            models.CheckConstraint(
                condition=Q(paid__lte=F("granted")), name="balance_paid_within_granted"
            ),
            models.CheckConstraint(
                condition=Q(national=False)
                | Q(
                    paid__gte=F("executed") + F("returned") - F("carried_in") - F("interest"),
                ),
                name="balance_national_used_within_paid",
            ),
            models.CheckConstraint(
                condition=Q(national=True)
                | Q(voted__gte=ended() - F("carried_in") - F("interest")),
                name="balance_local_used_within_voted",
            ),
            models.CheckConstraint(
                condition=Q(**{f"{name}__gte": 0 for name in INSIDE}),
                name="balance_stages_not_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(
                    in_appropriation=came()
                    + F("interest")
                    - F("pooled")
                    - ended()
                    - F("in_grant")
                    - F("in_treasury")
                ),
                name="balance_sums_to_zero",
            ),
            models.CheckConstraint(
                condition=Q(accident_out__lte=came() - F("accident_in")),
                name="balance_accident_carried_once",
            ),
        ]

    @property
    def gap(self):
        """Won in the budget (``there``) less won agreed; None before the first vote.

        It is 0 if the budget holds exactly what is promised.
        """
        return self.there - self.agreed if self.votes else None

    @property
    def there(self):
        """Won in the budget for the promise: voted or drawn from the pot, less put into it."""
        return self.voted + self.drawn - self.pooled

    @property
    def available(self):
        """Won of the year: voted, drawn, carried in and interest, less put into the pot."""
        return self.voted + self.drawn + self.carried_in + self.interest - self.pooled

    @property
    def grantable(self):
        """What can still be granted, in won."""
        return self.in_appropriation

    @property
    def spendable(self):
        """What can still be reported as executed, in won."""
        return self.in_treasury


class Pot(models.Model):
    """Voted money of lines that an amendment closed, until it is agreed on another line."""

    agreement = models.OneToOneField(
        Agreement, models.CASCADE, primary_key=True, related_name="pot"
    )
    won = models.BigIntegerField(_("won"), default=0)

    class Meta:
        verbose_name = _("pot")
        constraints = [models.CheckConstraint(condition=Q(won__gte=0), name="pot_not_below_zero")]
