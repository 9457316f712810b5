"""Delegations: who may sign for the head of an organisation."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, User
from accounts.permissions import RecordQuerySet
from foundation.models import Record
from foundation.time import clock


class DelegationQuerySet(RecordQuerySet):
    def for_list(self):
        return self.select_related("person", "granted_by").prefetch_related("organisation__spells")

    def valid(self, day):
        return self.filter(state=Delegation.State.GRANTED, since__lte=day, until__gte=day)


class Delegation(Record):
    """위임전결: a person may sign for an organisation: office, authority and period."""

    class State(models.TextChoices):
        GRANTED = "granted", pgettext_lazy("delegation", "granted")
        REVOKED = "revoked", _("revoked")

    view_permission = "agreements.view_delegation"
    places = {"organisation": "organisation"}

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="delegations",
        verbose_name=_("organisation"),
    )
    person = models.ForeignKey(
        User, models.PROTECT, related_name="delegations", verbose_name=_("delegate")
    )
    office = models.CharField(_("office of the delegate"), max_length=100)
    authority = models.CharField(
        _("authority"),
        max_length=200,
        help_text=_("The rule or document by which it is delegated, with its number."),
    )
    since = models.DateField(_("valid from"), default=clock.today)
    until = models.DateField(_("valid until"))
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    granted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    revoked_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="delegation_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(granted_by=None) | ~Q(person=F("granted_by")),
                name="delegation_four_eyes",
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="delegation_of_person")]

    def __str__(self):
        return f"{self.person}, {self.office}"

    def get_absolute_url(self):
        return f"{reverse('agreements:delegations')}#delegation-{self.pk}"

    def is_valid_on(self, day):
        return self.state == self.State.GRANTED and self.since <= day <= self.until

    def content(self):
        return {
            "organisation": self.organisation_id,
            "person": self.person_id,
            "office": self.office,
            "authority": self.authority,
            "since": str(self.since),
            "until": str(self.until),
        }
