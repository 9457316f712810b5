"""Remarks of parties on an article of a draft."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, User
from accounts.permissions import RecordQuerySet
from agreements.versions.models import Article, Version
from foundation.models import Record
from foundation.time import clock


class RemarkQuerySet(RecordQuerySet):
    def for_page(self):
        rows = self.select_related("version__agreement", "article", "written_by", "settled_by")
        return rows.prefetch_related("organisation__spells")


class Remark(Record):
    """A remark (의견) of a party: settled by the coordinator with an answer, or taken back.

    ``heading`` is that of the article on the day; it stays when the article is taken out.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("remark", "waiting for an answer")
        SETTLED = "settled", pgettext_lazy("remark", "answered")
        WITHDRAWN = "withdrawn", pgettext_lazy("remark", "taken back")

    view_permission = "agreements.view_remark"
    part_of = "version"
    places = {"organisation": "organisation", "parties": "version__parties__organisation"}

    version = models.ForeignKey(Version, models.PROTECT, related_name="remarks")
    article = models.ForeignKey(Article, models.SET_NULL, null=True, related_name="remarks")
    heading = models.CharField(max_length=120, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="remarks", verbose_name=_("for which party")
    )
    text = models.TextField(_("remark"))
    answer = models.TextField(_("answer"), blank=True)
    written_on = models.DateField(default=clock.today, editable=False)
    due_on = models.DateField(_("due on"), null=True, editable=False)
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    written_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="remark_says_something"),
            models.CheckConstraint(
                condition=~Q(state="settled") | (~Q(answer="") & Q(settled_by__isnull=False)),
                name="remark_settled_has_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(settled_by=None) | ~Q(settled_by=F("written_by")),
                name="remark_four_eyes",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on", "id"], name="remark_due")]

    def __str__(self):
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"

    def get_absolute_url(self):
        if self.pk is None:
            return self.version.get_absolute_url()
        return reverse("agreements:remark", args=[self.pk])

    def content(self):
        return {
            "article": self.article_id,
            "heading": self.heading,
            "organisation": self.organisation_id,
            "text": self.text,
            "answer": self.answer,
            "due_on": str(self.due_on or ""),
        }
