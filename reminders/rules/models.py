"""When the matters of a call are reminded of, where that differs from what the code says."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.time import clock
from projects.models import Call

MOST_BEFORE, MOST_BETWEEN, MOST_STEPS, MOST_RUNGS = 130, 60, 6, 3


def rising(name, most):
    """Each of an array's numbers is greater than the one before it."""
    pairs = [
        models.Q(**{f"{name}__{place}__isnull": True})
        | models.Q(**{f"{name}__{place}__gt": models.F(f"{name}__{place - 1}")})
        for place in range(1, most)
    ]
    return models.Q(*pairs)


class Rule(models.Model):
    """Of one kind of matter, in one call or (without one) in all that have no rule of their own.

    ``before`` are working days before the day, ``every`` is how many working days lie between
    two reminders afterwards; 0: there is only the first, a working day late. ``climbs`` are
    the working days late, one a rung, at which others hear of it (below zero: before the
    day); None: as the ladder of the kind says, none: nobody hears.
    """

    call = models.ForeignKey(Call, models.CASCADE, null=True, related_name="reminder_rules")
    kind = models.CharField(max_length=40)
    before = ArrayField(models.PositiveSmallIntegerField(), blank=True)
    every = models.PositiveSmallIntegerField()
    climbs = ArrayField(models.SmallIntegerField(), blank=True, null=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("rule of reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["call", "kind"], nulls_distinct=False, name="reminder_rule_once"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    before__len__lte=MOST_STEPS,
                    before__contained_by=list(range(1, MOST_BEFORE + 1)),
                    every__lte=MOST_BETWEEN,
                ),
                name="reminder_rule_in_bounds",
            ),
            models.CheckConstraint(
                condition=models.Q(climbs=None)
                | models.Q(
                    climbs__len__lte=MOST_RUNGS,
                    climbs__contained_by=list(range(-MOST_BEFORE, MOST_BEFORE + 1)),
                ),
                name="reminder_rule_climbs_in_bounds",
            ),
            models.CheckConstraint(
                condition=rising("climbs", MOST_RUNGS), name="reminder_rule_climbs_upward"
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.before} {self.every} {self.climbs}"

    @property
    def terms(self):
        """What it says, as its changes keep it."""
        return {"before": self.before, "every": self.every, "climbs": self.climbs}


class RuleChange(models.Model):
    """What a rule said before and says since; None: there was none, or is none. Never changed."""

    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="reminder_rule_changes")
    kind = models.CharField(max_length=40)
    was = models.JSONField(null=True)
    now = models.JSONField(null=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("change of a rule of reminders")
        indexes = [models.Index(fields=["call", "-id"], name="rule_change_newest")]

    def __str__(self):
        return f"{self.kind} {self.was} {self.now}"
