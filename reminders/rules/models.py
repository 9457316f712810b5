"""Reminder rules of calls that differ from the default schedules, and their changes."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.time import clock
from projects.models import Call

MOST_BEFORE, MOST_BETWEEN, MOST_STEPS, MOST_LEVELS = 130, 60, 6, 3


def rising(name, most):
    """The Q that each number of an array field is greater than the one before it."""
    pairs = [
        models.Q(**{f"{name}__{place}__isnull": True})
        | models.Q(**{f"{name}__{place}__gt": models.F(f"{name}__{place - 1}")})
        for place in range(1, most)
    ]
    return models.Q(*pairs)


class Rule(models.Model):
    """Reminder rule of a kind, in one call or (without a call) in all calls without their own.

    All numbers are working days. ``before``: days before the due day. ``every``: days between two
    reminders afterwards; 0: only one, a day late. ``climbs``: days late, one for each escalation
    level (negative: before the due day); None: the defaults of the kind, empty: no escalation.
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
                    climbs__len__lte=MOST_LEVELS,
                    climbs__contained_by=list(range(-MOST_BEFORE, MOST_BEFORE + 1)),
                ),
                name="reminder_rule_climbs_in_bounds",
            ),
            models.CheckConstraint(
                condition=rising("climbs", MOST_LEVELS), name="reminder_rule_climbs_upward"
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.before} {self.every} {self.climbs}"

    @property
    def terms(self):
        """The terms of the rule, as recorded in ``RuleChange``."""
        return {"before": self.before, "every": self.every, "climbs": self.climbs}


class RuleChange(models.Model):
    """The terms of a rule before and after a change; None: no rule. Append-only."""

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
