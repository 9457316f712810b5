"""Certificates that end: told to who asks for a new one, and to the administrators who enter it."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from agreements.models import SigningKey
from foundation.calendar import add_working_days, is_working_day
from foundation.history import digest_of

from .deadlines import days_left
from .models import Notice
from .schedules import Schedule
from .unheld import who_gives_on

AHEAD = Schedule((30, 10, 3, 1))


def expiring(today):
    """The keys in use whose certificate ends within the reach of the schedule, or has ended."""
    last = add_working_days(today, AHEAD.reach)
    rows = SigningKey.objects.active().filter(valid_until__date__lte=last)
    rows = rows.select_related("organisation").prefetch_related("organisation__spells")
    return rows.order_by("valid_until", "pk")


def tell_of_expiring(today):
    """Write one notice to each at each step; how many are new."""
    if not is_working_day(today):
        return 0
    administrators = list(User.objects.filter(is_staff=True, is_active=True).order_by("pk"))
    notices = [
        notice(person, key, today)
        for key in expiring(today)
        for person in {*administrators, *who_gives_on(key.organisation_id, today)}
    ]
    known = set(Notice.objects.known([n.message_id for n in notices]).values_list("message_id"))
    fresh = [each for each in notices if (each.message_id,) not in known]
    Notice.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def notice(person, key, today):
    ends_on = timezone.localdate(key.valid_until)
    stage = AHEAD.stage(days_left(ends_on, today))
    with translation.override(person.language):
        words = {"person": person, "key": key, "ends_on": ends_on, "is_over": ends_on < today}
        link = reverse("operation" if person.is_staff else "work")
        words |= {"organisation": key.organisation, "link": f"{settings.SITE_URL}{link}"}
        words["headline"] = _("The certificate of %s ends") % key.organisation
        return Notice(
            kind="certificate",
            subject=f"agreements.signingkey:{key.pk}",
            person=person,
            due_on=ends_on,
            stage=stage,
            written_on=today,
            address=person.email,
            headline=words["headline"][:300],
            body=render_to_string("notices/certificate.txt", words),
            html=render_to_string("notices/certificate.html", words),
            link=link,
            message_id=f"<{name_of(person, key, stage)}@certificate>",
        )


def name_of(person, key, stage):
    """The same certificate, step and person always give the same Message-ID."""
    return digest_of([settings.SITE_URL, "certificate", key.pk, stage, person.pk])[:40]
