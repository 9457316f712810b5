"""Reminders of expiring certificates, to approvers and to administrators."""

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from agreements.models import SigningKey
from foundation.time.calendar import add_working_days, is_working_day
from foundation.time.deadlines import days_left
from reminders.matters.schedules import Schedule
from reminders.work.unassigned import who_can_reassign

from .sending.rendering import in_words, write_new

AHEAD = Schedule((30, 10, 3, 1))


def expiring(today):
    """The active keys whose certificate ends within 30 working days, or has ended."""
    last = add_working_days(today, AHEAD.reach)
    rows = SigningKey.objects.active().filter(valid_until__date__lte=last)
    rows = rows.select_related("organisation").prefetch_related("organisation__spells")
    return rows.order_by("valid_until", "pk")


def notify_of_expiring(today):
    """Write one notice to each recipient at each stage; returns how many are new."""
    if not is_working_day(today):
        return 0
    administrators = list(User.objects.filter(is_staff=True, is_active=True).order_by("pk"))
    notices = [
        notice(person, key, today)
        for key in expiring(today)
        for person in {*administrators, *who_can_reassign(key.organisation_id, today)}
    ]
    return write_new(notices)


def notice(person, key, today):
    ends_on = timezone.localdate(key.valid_until)
    stage = AHEAD.stage(days_left(ends_on, today))
    with translation.override(person.language):
        headline = _("The certificate of %s ends") % key.organisation
        words = {"headline": headline, "organisation": key.organisation, "key": key}
        return in_words(
            "certificate",
            person,
            "notices/certificate",
            words | {"ends_on": ends_on, "is_over": ends_on < today},
            reverse("reminders:operation" if person.is_staff else "reminders:work"),
            [key.pk, stage],
            subject=f"agreements.signingkey:{key.pk}",
            due_on=ends_on,
            stage=stage,
            written_on=today,
        )
