"""One line of money: a component, a fiscal year, a source."""

from datetime import date

from django.apps import apps
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation
from accounts.permissions import RecordQuerySet
from agreements.models import Agreement
from foundation.models import Record
from projects.models import Component, Source

FIRST = ("agreed", "voted", "carried_in", "executed", "carried_out", "lapsed", "returned")
LATER = (
    "applied",
    "requested",
    "bill",
    "provisional",
    "final",
    "pooled",
    "drawn",
    "interest",
    "contracted",
)


class AppropriationQuerySet(RecordQuerySet):
    def for_list(self):
        return self.select_related("balance", "component", "agreement").prefetch_related(
            "payer__spells", "recipient__spells"
        )

    def requestable(self):
        """Lines on which the law of tranches allows a request: ``TRANCHE["request"]`` in SQL.

        Of national funds and open, of an agreement in force, not settled, with fewer tranches
        than the call allows, and with enough executed of what was paid.
        """
        settled = Q(settlement__state__in=("accepted", "settled"))
        rows = self.filter(state="open", source=Source.NATIONAL).exclude(settled)
        rows = rows.filter(agreement__versions__state="in_force").alias(made=tranches_made())
        call = "agreement__proposal__call"
        return rows.filter(
            made__lt=F(f"{call}__tranches_a_year"),
            balance__executed__gte=(F("balance__paid") * F(f"{call}__executed_percent") + 99) / 100,
        )


def tranches_made():
    """The number of tranches of a line, without those refused or revoked, as an expression."""
    rows = apps.get_model("disbursements.tranche").objects.filter(appropriation=OuterRef("pk"))
    rows = rows.exclude(state__in=("refused", "revoked")).order_by().values("appropriation")
    return Coalesce(Subquery(rows.annotate(made=Count("pk")).values("made")), 0)


class Appropriation(Record):
    """One line of money: a component, a fiscal year, a source; who pays and who receives."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("line", "open")
        CLOSED = "closed", pgettext_lazy("line", "closed")
        SETTLED = "settled", pgettext_lazy("line", "year closed")

    view_permission = "disbursements.view_appropriation"
    part_of = "agreement"
    places = {
        "payer": "payer",
        "recipient": "recipient",
        "parties": "agreement__versions__parties__organisation",
    }

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="appropriations")
    component = models.ForeignKey(Component, models.PROTECT, related_name="appropriations")
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    source = models.CharField(_("source"), max_length=20, choices=Source)
    payer = models.ForeignKey(
        Organisation, models.PROTECT, related_name="pays", verbose_name=_("payer")
    )
    recipient = models.ForeignKey(
        Organisation, models.PROTECT, related_name="receives", verbose_name=_("recipient")
    )
    state = models.CharField(max_length=20, choices=State, default="", editable=False)

    objects = AppropriationQuerySet.as_manager()

    class Meta:
        verbose_name = _("appropriation")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "component", "fiscal_year", "source"],
                name="appropriation_once",
            )
        ]
        indexes = [models.Index(fields=["fiscal_year", "id"], name="appropriation_by_year")]

    def __str__(self):
        return f"{self.component} {self.fiscal_year} {self.get_source_display()}"

    def get_absolute_url(self):
        return reverse("disbursements:appropriation", args=[self.pk])

    @property
    def is_national(self):
        return self.source == Source.NATIONAL

    def unreported_since(self, today):
        """First day of unreported spending of national funds; None if no report is missing."""
        since = self.balance.unreported_since
        owed = self.is_national and self.balance.in_treasury and since
        return since if owed and since <= min(today, date(self.fiscal_year, 12, 31)) else None

    def content(self):
        """For the history; with the totals written by moves of the line, not of its tranches.

        Totals of ``LATER`` are left out while they are 0.
        """
        balance = type(self.balance).objects.get(pk=self.pk)
        totals = {stage: getattr(balance, stage) for stage in (*FIRST, *LATER)}
        return {
            "component": self.component_id,
            "fiscal_year": self.fiscal_year,
            "source": self.source,
            "payer": self.payer_id,
            "recipient": self.recipient_id,
            "balance": {stage: won for stage, won in totals.items() if won or stage in FIRST},
        }
