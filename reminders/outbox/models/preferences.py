"""Mail settings of a person: hours, daily digest, topics turned off."""

from datetime import datetime, time, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.time.calendar import is_working_day


class Preference(models.Model):
    """Mail settings of one person; without a row, mails come at once, from 7 to 20 on working days.

    ``off`` lists the topics that are not mailed. ``links`` counts how often the person made the
    unsubscribe links in earlier mails void.
    """

    person = models.OneToOneField(User, models.CASCADE, related_name="mail_preference")
    digest = models.BooleanField(_("one mail a day"), default=False)
    from_hour = models.PositiveSmallIntegerField(_("not before"), default=7)
    until_hour = models.PositiveSmallIntegerField(_("not after"), default=20)
    on_days_off = models.BooleanField(_("on weekends and holidays too"), default=False)
    off = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    links = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("mail settings")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_hour__gt=models.F("from_hour"), until_hour__lte=24),
                name="preference_hours_are_of_one_day",
            )
        ]

    def __str__(self):
        return str(self.person)

    @classmethod
    def of(cls, person):
        """The settings of the person, or the unsaved defaults."""
        return getattr(person, "mail_preference", None) or cls(person=person)

    def opens(self, now):
        """The first moment from ``now`` on at which a mail may be sent."""
        local = timezone.localtime(now)
        day, hour = local.date(), local.hour
        if self.is_open_on(day) and self.from_hour <= hour < self.until_hour:
            return now
        if hour >= self.from_hour:
            day += timedelta(days=1)
        while not self.is_open_on(day):
            day += timedelta(days=1)
        return timezone.make_aware(datetime.combine(day, time(self.from_hour)))

    def is_open_on(self, day):
        return self.on_days_off or is_working_day(day)
