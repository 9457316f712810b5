"""Decision letters."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.permissions import RecordQuerySet
from foundation.models import Record
from foundation.time import clock
from projects.calls.models import Call
from projects.proposals.models import Proposal


class LetterQuerySet(RecordQuerySet):
    def newest_first(self):
        return self.order_by("-written_at", "-pk")


class Letter(Record):
    """A decision letter (결정 통지서): written with the decision, and never changed.

    ``data`` is its content in both languages, with the names of that day;
    ``digest`` is the SHA-256 of it. Letters are numbered within a call and a year.
    """

    class State(models.TextChoices):
        WRITTEN = "written", pgettext_lazy("letter", "written")

    class Kind(models.TextChoices):
        NOT_RECOMMENDED = "not_recommended", gettext_lazy("not recommended by the province")
        RETURNED = "returned", gettext_lazy("returned for revision")
        SELECTED = "selected", gettext_lazy("selected")
        RESERVE = "reserve", gettext_lazy("kept in reserve")
        NOT_SELECTED = "not_selected", gettext_lazy("not selected")
        LEAD_CHANGED = "lead_changed", gettext_lazy("lead ministry changed")

    view_permission = "projects.view_letter"
    part_of = "proposal"
    places = {
        "applicant": "proposal__applicant",
        "partners": "proposal__partners",
        "province": "proposal__screened_by",
        "reviewing": "proposal__components__reviews__ministry",
    }

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="letters")
    call = models.ForeignKey(Call, models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=20, choices=Kind)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    data = models.JSONField()
    digest = models.CharField(max_length=64)
    written_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=20, choices=State, default="", editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("decision letter")
        constraints = [
            models.UniqueConstraint(
                fields=["call", "year", "number"], name="letter_number_once_in_a_year"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="letter_number_is_possible"),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="letter_has_a_digest"
            ),
        ]
        indexes = [models.Index(fields=["-written_at", "-id"], name="letter_newest")]

    def __str__(self):
        return f"{self.get_kind_display()} ({self.label})"

    def get_absolute_url(self):
        return reverse("projects:letter", args=[self.pk])

    @property
    def label(self):
        """The number as printed in letters: 제2026-12호."""
        return _("No. %(year)s-%(number)s") % {"year": self.year, "number": self.number}

    def content(self):
        return {
            "kind": self.kind,
            "year": self.year,
            "number": self.number,
            "digest": self.digest,
        }
