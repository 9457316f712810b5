"""Holidays decreed at short notice."""

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.bilingual import in_language
from foundation.engine.models import Record
from foundation.ttl_cache import TimedCache


class DecreedHolidayQuerySet(models.QuerySet):
    """Holidays are for the whole country: a permission for one of them is one for all."""

    def permitted(self, user, permission):
        return self if user.may_somewhere(permission) else self.none()

    def visible_to(self, user):
        return self.permitted(user, self.model.view_permission)

    def in_force(self):
        return self.filter(state=DecreedHoliday.State.DECREED)


class DecreedHoliday(Record):
    """A day off that the government decreed at short notice (임시공휴일), as one day for all.

    The package ``holidays`` knows those decreed before its release; ``decree`` names the
    official gazette or the decision of the cabinet. A day in the future may be withdrawn.
    """

    class State(models.TextChoices):
        DECREED = "decreed", pgettext_lazy("holiday", "decreed")
        WITHDRAWN = "withdrawn", pgettext_lazy("holiday", "withdrawn")

    view_permission = "reminders.view_holiday"
    places = {}

    day = models.DateField(_("day"))
    name_ko = models.CharField(_("name in Korean"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100)
    decree = models.CharField(_("decreed by"), max_length=200)
    state = models.CharField(max_length=20, choices=State, default="", editable=False)

    objects = DecreedHolidayQuerySet.as_manager()

    class Meta:
        verbose_name = _("decreed holiday")
        constraints = [
            models.UniqueConstraint(
                fields=["day"], condition=models.Q(state="decreed"), name="decreed_holiday_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(name_ko="") & ~models.Q(name_en="") & ~models.Q(decree=""),
                name="decreed_holiday_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.day} {self.name}"

    def save(self, **options):
        super().save(**options)
        transaction.on_commit(decreed_days.clear)

    def get_absolute_url(self):
        return reverse("reminders:holiday", args=[self.pk])

    @property
    def name(self):
        return in_language(self, "name")

    def content(self):
        names = {"name_ko": self.name_ko, "name_en": self.name_en}
        return {"day": str(self.day), "decree": self.decree} | names


decreed_days = TimedCache(
    lambda: frozenset(DecreedHoliday.objects.in_force().values_list("day", flat=True)), seconds=60
)
