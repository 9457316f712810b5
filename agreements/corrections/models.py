"""Corrections of clerical errors, confirmed by every party, without a new round of consent."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import RecordQuerySet
from agreements.versions.models import Party, Version
from foundation.models import Record

TEXTS = ("heading_ko", "body_ko", "heading_en", "body_en")


class CorrectionQuerySet(RecordQuerySet):
    def for_page(self):
        return self.select_related("version__agreement", "proposed_by").prefetch_related(
            "articles", "confirmations__party__organisation__spells"
        )


class Correction(Record):
    """오기 정정: a correction of clerical errors in articles that every party must confirm.

    ``edition`` is the one it corrects. The last confirmation freezes a new edition; after one
    refusal nothing changes.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("waits for the parties")
        MADE = "made", _("made")
        REFUSED = "refused", _("not accepted")
        LAPSED = "lapsed", _("lapsed")

    view_permission = "agreements.view_correction"
    part_of = "version"
    places = {"parties": "version__parties__organisation"}

    version = models.ForeignKey(Version, models.PROTECT, related_name="corrections")
    edition = models.PositiveSmallIntegerField(_("edition"), editable=False)
    reason = models.TextField(_("why it is not material"), max_length=2000)
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    proposed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        constraints = [
            models.UniqueConstraint(
                fields=["version"], condition=Q(state="proposed"), name="correction_one_waits"
            )
        ]

    def __str__(self):
        return str(self.version)

    def get_absolute_url(self):
        return reverse("agreements:correction", args=[self.pk])

    def content(self):
        return {
            "edition": self.edition,
            "reason": self.reason,
            "articles": [row.content() for row in self.articles.order_by("number")],
        }


class CorrectedArticle(models.Model):
    """One article before and after the correction."""

    correction = models.ForeignKey(Correction, models.PROTECT, related_name="articles")
    number = models.PositiveSmallIntegerField()
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        verbose_name = _("corrected article")
        constraints = [
            models.UniqueConstraint(fields=["correction", "number"], name="corrected_article_once")
        ]

    def content(self):
        return [self.number, self.before, self.after]


class ConfirmationQuerySet(RecordQuerySet):
    def for_page(self):
        rows = self.select_related("correction__version__agreement", "party__version__agreement")
        return rows.prefetch_related("party__organisation__spells")


class Confirmation(Record):
    """A party's answer to a correction; ``signs_again``: the system then signs again for it."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("not accepted")
        LAPSED = "lapsed", _("lapsed")

    view_permission = "agreements.view_confirmation"
    part_of = "correction"
    places = {
        "organisation": "party__organisation",
        "siblings": "correction__version__parties__organisation",
    }

    correction = models.ForeignKey(Correction, models.PROTECT, related_name="confirmations")
    party = models.ForeignKey(Party, models.PROTECT, related_name="confirmations")
    signs_again = models.BooleanField(default=False, editable=False)
    due_on = models.DateField(_("due on"), editable=False)
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmation of a correction")
        constraints = [
            models.UniqueConstraint(fields=["correction", "party"], name="confirmation_once")
        ]
        indexes = [models.Index(fields=["state", "due_on", "id"], name="confirmation_due")]

    def __str__(self):
        return str(self.correction)

    def get_absolute_url(self):
        return self.correction.get_absolute_url()

    def content(self):
        return {"party": self.party_id, "signs_again": self.signs_again, "due_on": str(self.due_on)}
