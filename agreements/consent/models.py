"""Stances of parties on clauses, and resolutions of the committee about a text."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from agreements.versions.models import Party, Version
from foundation.time import clock
from projects.models import Session


class ResolutionQuerySet(models.QuerySet):
    def for_page(self):
        return self.select_related("session", "recorded_by").order_by("-pk")


class Resolution(models.Model):
    """심의·의결: one decision of the committee about one frozen text; append-only.

    ``digest`` is that of the text it was about. ``words`` are its conditions or reasons, and
    ``how_met`` is how conditions are met without a change of the text.
    """

    class Result(models.TextChoices):
        APPROVED = "approved", pgettext_lazy("resolution", "approved")
        CONDITIONAL = "conditional", pgettext_lazy("resolution", "approved on condition")
        REDRAFT = "redraft", pgettext_lazy("resolution", "approved on condition of another text")
        DEFERRED = "deferred", pgettext_lazy("resolution", "deferred")
        REJECTED = "rejected", pgettext_lazy("resolution", "rejected")

    version = models.ForeignKey(Version, models.PROTECT, related_name="resolutions")
    number = models.CharField(_("number of the resolution"), max_length=60)
    day = models.DateField(_("resolved on"))
    result = models.CharField(_("result"), max_length=20, choices=Result)
    words = models.TextField(_("conditions or reasons"), blank=True, max_length=4000)
    how_met = models.TextField(_("how the conditions are met"), blank=True, max_length=4000)
    next_on = models.DateField(_("taken up again on"), null=True, blank=True)
    digest = models.CharField(max_length=64)
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="resolutions"
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("resolution of the committee")
        constraints = [
            models.CheckConstraint(
                condition=Q(result="approved") | ~Q(words=""), name="resolution_says_why"
            ),
            models.CheckConstraint(
                condition=Q(result="conditional") & ~Q(how_met="")
                | ~Q(result="conditional") & Q(how_met=""),
                name="resolution_conditions_are_met",
            ),
            models.CheckConstraint(
                condition=Q(result="deferred", next_on__isnull=False, next_on__gt=F("day"))
                | ~Q(result="deferred") & Q(next_on=None),
                name="resolution_deferred_until_a_later_day",
            ),
        ]

    def __str__(self):
        return f"{self.number}, {self.get_result_display()}"

    def content(self):
        return {
            "number": self.number,
            "day": str(self.day),
            "result": self.result,
            "words": self.words,
            "how_met": self.how_met,
            "next_on": str(self.next_on or ""),
            "digest": self.digest,
        }


SCHEDULE = 0  # the number of the schedule among the clauses


class Stance(models.Model):
    """조항별 의견: a party's answer to one clause; ``digest`` is that of the clause's text.

    ``valid`` is false once the text was taken back. Such a stance only prefills the form when
    the party is asked again and the clause is unchanged.
    """

    party = models.ForeignKey(Party, models.CASCADE, related_name="stances")
    number = models.PositiveSmallIntegerField(_("article"))
    digest = models.CharField(max_length=64)
    agrees = models.BooleanField(_("agrees"))
    remark = models.TextField(_("remark"), blank=True)
    valid = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("stance on an article")
        constraints = [
            models.UniqueConstraint(
                fields=["party", "number"], condition=Q(valid=True), name="stance_once"
            ),
            models.CheckConstraint(
                condition=Q(agrees=True) | ~Q(remark=""), name="stance_objection_has_a_remark"
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.party_id}"

    def content(self):
        return [self.number, self.digest, self.agrees, self.remark]
