"""What was written to whom: rows are the outbox."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation import clock


class NoticeQuerySet(models.QuerySet):
    def waiting(self, now):
        """Not mailed yet, and not to be tried later."""
        return self.filter(mailed_at=None, retry_at__lte=now).order_by("retry_at", "pk")

    def of(self, user):
        return self.filter(person=user).order_by("-pk")

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
    """

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    person = models.ForeignKey(User, models.CASCADE, related_name="notices")
    due_on = models.DateField(_("due on"))
    stage = models.CharField(max_length=20)
    written_on = models.DateField()
    address = models.EmailField()
    headline = models.CharField(_("headline"), max_length=300)
    body = models.TextField()
    html = models.TextField()
    link = models.CharField(max_length=300)
    message_id = models.CharField(max_length=120, unique=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True)
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
        ]
        indexes = [
            models.Index(
                fields=["retry_at", "id"],
                condition=models.Q(mailed_at=None),
                name="notice_waiting",
            ),
            models.Index(fields=["person", "-id"], name="notice_of_person"),
        ]

    def __str__(self):
        return self.headline
