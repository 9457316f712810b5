"""What was written to whom: rows are the outbox."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation import clock

UNSENT = models.Q(mailed_at=None, failed_at=None, dropped_at=None)


class NoticeQuerySet(models.QuerySet):
    def waiting(self, now):
        """To be mailed, and not to be tried later."""
        return self.queued().filter(retry_at__lte=now).order_by("retry_at", "pk")

    def queued(self):
        return self.filter(UNSENT)

    def failed(self):
        """Not to be tried again by itself: the administrator's to decide."""
        return self.filter(failed_at__isnull=False, dropped_at=None).order_by("-failed_at", "-pk")

    def of(self, user):
        return self.filter(person=user).order_by("-pk")

    def try_again(self, pk):
        """Let a failed row be mailed, from the first try on; False if it has not failed."""
        afresh = {"failed_at": None, "attempts": 0, "retry_at": clock.now()}
        return bool(self.failed().filter(pk=pk).update(**afresh))

    def give_up(self, pk):
        """Mail a failed row no more; False if it has not failed."""
        return bool(self.failed().filter(pk=pk).update(dropped_at=clock.now()))

    def known(self, message_ids):
        return self.filter(message_id__in=message_ids)

    def last_days(self, subjects):
        """The day of the last reminder of each matter, by kind and subject."""
        rows = self.filter(subject__in=subjects).values_list("kind", "subject")
        days = rows.annotate(models.Max("written_on")).order_by()
        return {(kind, subject): day for kind, subject, day in days}


class Notice(models.Model):
    """One reminder to one person about one matter; nobody gets two on a matter on one day.

    ``message_id`` follows from the facts alone, so that a mail sent twice is recognisable.
    A reminder is written as facts, and put in words when it is about to be mailed. It ends
    mailed, dropped (done meanwhile, or given up), or has failed until somebody decides.
    """

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    person = models.ForeignKey(User, models.CASCADE, related_name="notices")
    due_on = models.DateField(_("due on"))
    stage = models.CharField(max_length=20)
    written_on = models.DateField()
    address = models.EmailField()
    headline = models.CharField(_("headline"), max_length=300, blank=True)
    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    link = models.CharField(max_length=300, blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True)
    failed_at = models.DateTimeField(_("failed at"), null=True)
    dropped_at = models.DateTimeField(_("dropped at"), null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(default=clock.now)
    last_error = models.CharField(max_length=300, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "due_on", "stage", "person"], name="notice_once_a_stage"
            ),
            models.UniqueConstraint(
                fields=["subject", "person", "written_on"], name="notice_once_a_day"
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


class Lease(models.Model):
    """That of many which could do one thing, one does it: ``holder``, until a moment.

    ``renewed_at`` is the heartbeat: of a holder that died it grows old.
    """

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=100)
    since = models.DateTimeField()
    renewed_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("renewed_at")), name="lease_ends_later"
            )
        ]

    def __str__(self):
        return f"{self.name}: {self.holder}"
