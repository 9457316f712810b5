"""Deputies: who acts for whom, in which post, from when until when."""

from functools import cached_property

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Prefetch, Q, Value
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from foundation.models import Record
from foundation.time import clock

from ..permissions import RecordQuerySet
from .organisations import Organisation
from .posts import Role, held_on


class DeputyQuerySet(RecordQuerySet):
    def for_list(self):
        """With what a list shows: whether it is in effect today, and the names."""
        running = type(self)(self.model).running(clock.today()).filter(pk=OuterRef("pk"))
        rows = self.select_related("absent", "deputy").prefetch_related("organisation__spells")
        return rows.annotate(is_running=Exists(running))

    def running(self, on):
        """Those in effect on a day: the absent holds the post, the deputy some post there."""
        where = {"deputy__memberships__organisation": F("organisation")}
        post = {
            "absent__memberships__organisation": F("organisation"),
            "absent__memberships__role": F("role"),
        }
        return self.filter(
            held_on(on, "deputy__memberships__"),
            held_on(on, "absent__memberships__"),
            **where,
            **post,
            state=Deputy.State.NAMED,
            since__lte=on,
            until__gte=on,
        ).distinct()


class Deputy(Record):
    """A person acts in the post of another, who is away, on the days from ``since`` to ``until``.

    The right covers that one post only: deputyships of its holder are not passed on. It
    ends before its day when the holder is back, or when either of the two leaves. The
    four-eyes rule applies to the person, not to the post in which they act.
    """

    class State(models.TextChoices):
        NAMED = "named", _("named")
        ENDED = "ended", _("ended")

    view_permission = "accounts.view_deputy"
    places = {"organisation": "organisation"}

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="deputies")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    absent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="absences",
        verbose_name=_("who is away"),
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="deputyships",
        verbose_name=_("deputy"),
    )
    since = models.DateField(_("first day"), default=clock.today)
    until = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=200)
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = _("deputyship")
        constraints = [
            models.CheckConstraint(
                condition=~Q(absent=F("deputy")), name="deputy_is_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(named_by=None) | ~Q(named_by=F("deputy")), name="deputy_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="deputy_ends_after_it_began"
            ),
            ExclusionConstraint(
                name="deputy_one_at_a_time",
                expressions=[
                    ("absent", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (
                        Func(
                            F("since"),
                            F("until"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state="named"),
            ),
        ]
        indexes = [models.Index(fields=["deputy", "until"], name="deputy_of_person")]

    def __str__(self):
        names = {"deputy": self.deputy, "absent": self.absent}
        return gettext("%(deputy)s for %(absent)s") % names

    def get_absolute_url(self):
        return reverse("accounts:deputy", args=[self.pk])

    @cached_property
    def is_running(self):
        """Whether it is in effect today; lists have it annotated (``for_list``)."""
        return Deputy.objects.running(clock.today()).filter(pk=self.pk).exists()

    @property
    def is_over(self):
        """Ended by somebody, or by its last day."""
        return self.state == self.State.ENDED or self.until < clock.today()

    @property
    def status_text(self):
        """Its status today as text."""
        if self.is_over:
            return pgettext("deputy", "over")
        if self.since > clock.today():
            return pgettext("deputy", "to come")
        return (
            pgettext("deputy", "now") if self.is_running else pgettext("deputy", "without effect")
        )

    def content(self):
        return {
            "organisation": self.organisation_id,
            "role": self.role,
            "absent": self.absent_id,
            "deputy": self.deputy_id,
            "since": str(self.since),
            "until": str(self.until),
            "reason": self.reason,
        }


def with_deputies(way):
    """A prefetch, as ``away``, of today's deputies of the people at the end of path ``way``."""
    running = Deputy.objects.running(clock.today()).select_related("deputy")
    return Prefetch(f"{way}__absences", running, to_attr="away")
