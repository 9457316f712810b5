"""The base model of all records with a workflow, and the events of their history."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.time import clock


class Record(models.Model):
    """A row with a state that only the workflow engine changes.

    ``moves_made`` counts the moves: a form sends the count that the person saw, and is refused
    if the record has changed since. ``part_of`` names the foreign key to the whole; the whole
    is locked before its parts.
    """

    part_of = None

    moves_made = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True

    @property
    def whole(self):
        return getattr(self, self.part_of) if self.part_of else None

    @property
    def root(self):
        return self.whole.root if self.part_of else self

    @property
    def reference(self):
        """The name of this row in the history: ``projects.proposal:7``."""
        return f"{self._meta.label_lower}:{self.pk}"

    def content(self):
        """Everything a reader of this record relies on, as plain values for a digest."""
        raise NotImplementedError


class EventQuerySet(models.QuerySet):
    def of_trees(self, *roots):
        return self.filter(tree__in=[root.reference for root in roots])

    def of(self, record):
        return self.filter(subject=record.reference)

    def in_order(self):
        return self.order_by("at", "pk")

    def update(self, **changes):
        raise TypeError("History is append-only.")

    def delete(self):
        raise TypeError("History is append-only.")


class Event(models.Model):
    """One event of the history: who, for whom, in which role, when, what, and the data after it.

    Events of one record tree form a chain: each holds the digest of the one before.
    Names are copied as they were on the day. Rows are append-only, in the database too.
    ``docs/history.md`` describes what each digest covers.
    """

    tree = models.CharField(max_length=80)
    position = models.PositiveIntegerField()
    subject = models.CharField(max_length=80)
    verb = models.CharField(max_length=40)
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="events"
    )
    actor_name = models.CharField(max_length=100, blank=True)
    organisation = models.CharField(max_length=40, blank=True)
    organisation_name = models.CharField(max_length=100, blank=True)
    role = models.CharField(max_length=20, blank=True)
    deputy_for = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()
    note = models.TextField(blank=True)
    key = models.CharField(max_length=80, null=True, unique=True)  # noqa: DJ001 -- unique if given
    request_digest = models.CharField(max_length=64, blank=True)
    data = models.JSONField()
    data_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        constraints = [
            models.UniqueConstraint(fields=["tree", "position"], name="event_position_once"),
            models.CheckConstraint(
                condition=models.Q(position=1, previous="")
                | (models.Q(position__gt=1) & ~models.Q(previous="")),
                name="event_follows_another",
            ),
        ]
        indexes = [models.Index(fields=["subject"]), models.Index(fields=["at", "id"])]

    def __str__(self):
        return f"{self.subject} {self.verb}"
