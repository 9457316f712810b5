"""Templates: the articles that drafts of a call begin with (협약 조문 서식), with placeholders."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.permissions import RecordQuerySet
from foundation.models import Record
from projects.models import Call


class Template(Record):
    """The template of one call; until it is written, drafts begin with the standard articles."""

    class State(models.TextChoices):
        WRITTEN = "written", pgettext_lazy("template", "written")

    view_permission = "agreements.view_template"
    part_of = "call"
    places = {}

    call = models.OneToOneField(Call, models.PROTECT, related_name="template")
    state = models.CharField(max_length=20, choices=State, default="", editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("template of articles")

    def __str__(self):
        return _("%s: template of articles") % self.call

    def get_absolute_url(self):
        return reverse("agreements:template", args=[self.call_id])

    def content(self):
        return {"articles": [article.text() for article in self.articles.order_by("number")]}


class TemplateArticle(models.Model):
    """One article of a template, in Korean and, where wanted, in English."""

    template = models.ForeignKey(Template, models.CASCADE, related_name="articles")
    number = models.PositiveSmallIntegerField(_("number"))
    heading_ko = models.CharField(_("heading in Korean"), max_length=100)
    body_ko = models.TextField(_("text in Korean"))
    heading_en = models.CharField(_("heading in English"), max_length=100, blank=True)
    body_en = models.TextField(_("text in English"), blank=True)

    class Meta:
        verbose_name = _("article of a template")
        constraints = [
            models.UniqueConstraint(
                fields=["template", "number"],
                name="template_article_number_once",
                deferrable=models.Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(
                condition=~Q(heading_ko="") & ~Q(body_ko=""), name="template_article_is_in_korean"
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.heading_ko}"

    def text(self):
        return [self.number, self.heading_ko, self.body_ko, self.heading_en, self.body_en]
