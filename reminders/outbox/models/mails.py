"""Notices and daily digests; their unsent rows are the mail queue (outbox)."""

from datetime import time

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.time import clock

from .outgoing import Outgoing

DIGEST_AT = time(8, 30)  # in Korea, on working days
TURNED_OFF = "turned off"
UNSENT = models.Q(mailed_at=None, failed_at=None, dropped_at=None)
FOR_DIGESTS = models.Q(person__mail_preference__digest=True) & ~models.Q(topic="")


class Mail(Outgoing):
    """One mail; it ends mailed or dropped. ``listed`` are the notices in it."""

    person = models.ForeignKey(User, models.CASCADE, related_name="%(class)ss")
    address = models.EmailField()
    message_id = models.CharField(max_length=120, unique=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True)
    dropped_at = models.DateTimeField(_("dropped at"), null=True)

    class Meta:
        abstract = True


class DigestQuerySet(models.QuerySet):
    def waiting(self, now):
        return self.filter(UNSENT, retry_at__lte=now).order_by("retry_at", "pk")


class Digest(Mail):
    """The one mail of a day to a person who wants one a day, or for whom many wait at once.

    Its notices refer to it. Its text is written just before it is mailed, without the matters
    that are done by then.
    """

    topic, listed = "all", ()

    day = models.DateField()

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("daily digest")
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="digest_once_a_day"),
            models.UniqueConstraint(fields=["id", "person"], name="digest_of_one_person"),
            models.CheckConstraint(
                condition=models.Q(mailed_at=None) | models.Q(failed_at=None, dropped_at=None),
                name="digest_mailed_is_neither_failed_nor_dropped",
            ),
        ]
        indexes = [
            models.Index(fields=["retry_at", "id"], condition=UNSENT, name="digest_waiting"),
        ]

    def __str__(self):
        return f"{self.person} {self.day}"

    def becomes(self, **fate):
        """Save the result, for its notices as well."""
        super().becomes(**fate)
        shared = {
            name: fate[name] for name in ("mailed_at", "failed_at", "last_error") if name in fate
        }
        self.notices.filter(UNSENT).update(**shared)


class NoticeQuerySet(models.QuerySet):
    def waiting(self, now):
        """Notices to be mailed now, each as its own mail."""
        due = self.queued().filter(retry_at__lte=now, digest=None)
        return due.exclude(FOR_DIGESTS).order_by("retry_at", "pk")

    def for_digests(self, now):
        """Notices to be mailed in a daily digest, to those who chose it."""
        return self.queued().filter(FOR_DIGESTS, retry_at__lte=now, digest=None)

    def heaped(self, now, kinds):
        """Reminders of these kinds for people with more than ``MAILS_AT_ONCE`` of them waiting."""
        rows = self.waiting(now).filter(kind__in=kinds, attempts=0).order_by()
        many = rows.values("person").annotate(found=models.Count("pk"))
        many = many.filter(found__gt=settings.MAILS_AT_ONCE)
        return rows.filter(person__in=many.values("person"))

    def queued(self):
        return self.filter(UNSENT)

    def failed(self):
        """Notices that are not retried automatically: the administrator decides about them."""
        return self.filter(failed_at__isnull=False, dropped_at=None).order_by("-failed_at", "-pk")

    def of(self, user):
        return self.filter(person=user).order_by("-pk")

    def read(self, user, up_to):
        """Mark the notices of ``user`` as read, up to the key of the newest that was shown."""
        rows = self.filter(person=user, pk__lte=up_to, read_at=None)
        return rows.update(read_at=clock.now())

    def try_again(self, pk):
        """Queue a failed notice again, with no attempts counted; False if it has not failed."""
        afresh = {"failed_at": None, "attempts": 0, "retry_at": clock.now(), "digest": None}
        return bool(self.failed().filter(pk=pk).update(**afresh))

    def give_up(self, pk):
        """Drop a failed notice: it is not mailed; False if it has not failed."""
        return bool(self.failed().filter(pk=pk).update(dropped_at=clock.now()))

    def look_again(self, person):
        """Let held back notices of a person be checked again, after a change of their settings."""
        held = self.queued().filter(person=person, digest=None, attempts=0)
        return held.filter(retry_at__gt=clock.now()).update(retry_at=clock.now())

    def known(self, message_ids):
        return self.filter(message_id__in=message_ids)

    def last_days(self, subjects):
        """The day of the last reminder of each matter, by kind and subject."""
        rows = self.filter(subject__in=subjects).values_list("kind", "subject")
        days = rows.annotate(models.Max("written_on")).order_by()
        return {(kind, subject): day for kind, subject, day in days}


class Notice(Mail):
    """One reminder to one person about one matter; nobody gets two on a matter on one day.

    Most records have one open matter at a time, whatever its kind; where a record can have
    several, such as a line of money, ``matter`` distinguishes them.

    ``message_id`` depends only on the facts, so that a mail sent twice is recognisable.
    A reminder is written as facts; its text is written just before it is mailed.
    ``topic`` is the topic by which it can be turned off; without one it is compulsory.
    """

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    matter = models.CharField(max_length=40, blank=True)
    due_on = models.DateField(_("due on"))
    stage = models.CharField(max_length=20)
    topic = models.CharField(max_length=40, blank=True)
    written_on = models.DateField()
    headline = models.CharField(_("headline"), max_length=300, blank=True)
    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    link = models.CharField(max_length=300, blank=True)
    digest = models.ForeignKey(Digest, models.SET_NULL, null=True, related_name="notices")
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "due_on", "stage", "person"], name="notice_once_a_stage"
            ),
            models.UniqueConstraint(
                fields=["subject", "matter", "person", "written_on"], name="notice_once_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(mailed_at=None) | models.Q(failed_at=None, dropped_at=None),
                name="notice_mailed_is_neither_failed_nor_dropped",
            ),
        ]
        indexes = [
            models.Index(
                fields=["retry_at", "id"],
                condition=UNSENT,
                name="notice_waiting",
            ),
            models.Index(
                fields=["-failed_at", "-id"],
                condition=models.Q(failed_at__isnull=False, dropped_at=None),
                name="notice_failed",
            ),
            models.Index(fields=["person", "-id"], name="notice_of_person"),
        ]

    def __str__(self):
        return self.headline

    @property
    def is_in_words(self):
        return bool(self.body)

    @property
    def listed(self):
        return [self]

    @property
    def is_turned_off(self):
        return self.dropped_at is not None and self.last_error == TURNED_OFF
