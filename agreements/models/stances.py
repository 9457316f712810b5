"""What a party says to one article, or to the schedule, of a circulated text."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .parties import Party

SCHEDULE = 0  # the number under which the schedule stands beside the articles


class Stance(models.Model):
    """조항별 의견: ``digest`` is that of the article or schedule it was about.

    One that no longer ``stands`` was given to a text taken back; where the words are the same,
    the party finds its agreement filled in when it is asked anew, and nothing more.
    """

    party = models.ForeignKey(Party, models.CASCADE, related_name="stances")
    number = models.PositiveSmallIntegerField(_("article"))
    digest = models.CharField(max_length=64)
    agrees = models.BooleanField(_("agrees"))
    remark = models.TextField(_("remark"), blank=True)
    stands = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("stance on an article")
        constraints = [
            models.UniqueConstraint(
                fields=["party", "number"], condition=Q(stands=True), name="stance_once"
            ),
            models.CheckConstraint(
                condition=Q(agrees=True) | ~Q(remark=""), name="stance_objection_has_a_remark"
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.party_id}"

    def content(self):
        return [self.number, self.digest, self.agrees, self.remark]
