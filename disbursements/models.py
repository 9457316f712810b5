"""What is paid: lines of money, their ledger, and the tranches in which national funds flow."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, User
from accounts.permissions import RecordQuerySet
from agreements.models import Agreement, Termination
from foundation import clock
from foundation.models import Record
from projects.models import Component, Source


class Stage(models.TextChoices):
    """The accounts of a line; each is a column of its balance."""

    AGREED = "agreed", pgettext_lazy("stage", "agreed")
    VOTED = "voted", pgettext_lazy("stage", "voted")
    CARRIED_IN = "carried_in", pgettext_lazy("stage", "carried in")
    GRANTED = "granted", pgettext_lazy("stage", "granted")
    PAID = "paid", pgettext_lazy("stage", "paid")
    EXECUTED = "executed", pgettext_lazy("stage", "executed")
    CARRIED_OUT = "carried_out", pgettext_lazy("stage", "carried out")
    LAPSED = "lapsed", pgettext_lazy("stage", "lapsed")
    RETURNED = "returned", pgettext_lazy("stage", "returned")


class AppropriationQuerySet(RecordQuerySet):
    def for_list(self):
        return self.select_related("balance", "component", "agreement").prefetch_related(
            "payer__spells", "recipient__spells"
        )


class Appropriation(Record):
    """One line of money: a component, a fiscal year, a source; who pays and who receives."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("line", "open")
        CLOSED = "closed", pgettext_lazy("line", "closed")

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
        return reverse("appropriation", args=[self.pk])

    @property
    def is_national(self):
        return self.source == Source.NATIONAL

    def content(self):
        """With the totals that this line's own moves write; tranches tell the others."""
        balance = Balance.objects.get(pk=self.pk)
        own = [stage.value for stage in Stage if stage not in (Stage.GRANTED, Stage.PAID)]
        return {
            "component": self.component_id,
            "fiscal_year": self.fiscal_year,
            "source": self.source,
            "payer": self.payer_id,
            "recipient": self.recipient_id,
            "balance": {stage: getattr(balance, stage) for stage in own},
        }


def used():
    return F("executed") + F("carried_out") + F("lapsed") + F("returned")


class Balance(models.Model):
    """The totals of a line, kept by the database: a trigger adds every entry; nobody else writes.

    ``votes`` counts the votes, so that a vote of nothing is told from no vote.
    """

    appropriation = models.OneToOneField(
        Appropriation, models.CASCADE, primary_key=True, related_name="balance"
    )
    national = models.BooleanField()
    votes = models.PositiveIntegerField(default=0)
    agreed = models.BigIntegerField(_("agreed"), default=0)
    voted = models.BigIntegerField(_("voted"), default=0)
    carried_in = models.BigIntegerField(_("carried in"), default=0)
    granted = models.BigIntegerField(_("granted"), default=0)
    paid = models.BigIntegerField(_("paid"), default=0)
    executed = models.BigIntegerField(_("executed"), default=0)
    carried_out = models.BigIntegerField(_("carried out"), default=0)
    lapsed = models.BigIntegerField(_("lapsed"), default=0)
    returned = models.BigIntegerField(_("returned"), default=0)

    class Meta:
        verbose_name = _("balance")
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{stage.value}__gte": 0 for stage in Stage}),
                name="balance_nothing_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(granted__lte=F("voted") + F("carried_in")),
                name="balance_granted_within_voted",
            ),
            models.CheckConstraint(
                condition=Q(paid__lte=F("granted")), name="balance_paid_within_granted"
            ),
            models.CheckConstraint(
                condition=Q(national=False) | Q(paid__gte=used()),
                name="balance_national_used_within_paid",
            ),
            models.CheckConstraint(
                condition=Q(national=True) | Q(voted__gte=used() - F("carried_in")),
                name="balance_local_used_within_voted",
            ),
        ]

    @property
    def gap(self):
        """Voted less agreed, once something was voted; the promise is open while it is not 0."""
        return self.voted - self.agreed if self.votes else None

    @property
    def grantable(self):
        """What can still be granted, in won."""
        return self.voted + self.carried_in - self.granted

    @property
    def spendable(self):
        """What can still be reported as executed, in won."""
        available = self.paid if self.national else self.voted + self.carried_in
        return available - self.executed - self.carried_out - self.lapsed - self.returned


class EntryQuerySet(models.QuerySet):
    def update(self, **changes):
        raise TypeError("The ledger is append-only.")

    def delete(self):
        raise TypeError("The ledger is append-only.")


class Entry(models.Model):
    """One entry of the ledger, never changed: a mistake is mended by the opposite entry.

    ``as_of`` is the day for which the figure holds; ``evidence`` names the paper or the
    system it was taken from.
    """

    appropriation = models.ForeignKey(Appropriation, models.PROTECT, related_name="entries")
    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    won = models.BigIntegerField(_("won"))
    tranche = models.ForeignKey("Tranche", models.PROTECT, null=True, related_name="entries")
    mends = models.OneToOneField("self", models.PROTECT, null=True, related_name="mended_by")
    as_of = models.DateField(_("as of"))
    evidence = models.CharField(_("evidence"), max_length=200, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        constraints = [
            models.CheckConstraint(
                condition=~Q(won=0) | Q(stage="voted"), name="entry_moves_something"
            ),
            models.CheckConstraint(
                condition=Q(won__gte=0) | Q(mends__isnull=False), name="entry_below_zero_mends"
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["granted", "paid"]) | Q(tranche__isnull=False),
                name="entry_names_its_tranche",
            ),
        ]
        indexes = [models.Index(fields=["appropriation", "-id"], name="entry_newest")]

    def __str__(self):
        return f"{self.get_stage_display()} {self.won}"


class TrancheQuerySet(RecordQuerySet):
    def for_list(self):
        return self.select_related(
            "appropriation__component", "appropriation__agreement", "appropriation__balance"
        ).prefetch_related("appropriation__payer__spells", "appropriation__recipient__spells")


class Tranche(Record):
    """A part of a year's national funds: requested, granted, paid; by three different people.

    ``granted`` and ``paid`` are kept by the database, as a balance is: entries add to them.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", pgettext_lazy("tranche", "requested")
        GRANTED = "granted", pgettext_lazy("tranche", "granted")
        REFUSED = "refused", pgettext_lazy("tranche", "refused")
        PAID = "paid", pgettext_lazy("tranche", "paid")

    view_permission = "disbursements.view_tranche"
    part_of = "appropriation"
    places = {
        "payer": "appropriation__payer",
        "recipient": "appropriation__recipient",
        "parties": "appropriation__agreement__versions__parties__organisation",
    }

    appropriation = models.ForeignKey(Appropriation, models.PROTECT, related_name="tranches")
    number = models.PositiveSmallIntegerField(_("number"), default=0, editable=False)
    purpose = models.CharField(_("what it is needed for"), max_length=500)
    asked = models.BigIntegerField(_("asked for"), default=0)
    granted = models.BigIntegerField(_("granted"), default=0, editable=False)
    paid = models.BigIntegerField(_("paid"), default=0, editable=False)
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    granted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    paid_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    due_on = models.DateField(_("due on"), null=True, editable=False)

    objects = TrancheQuerySet.as_manager()

    class Meta:
        verbose_name = _("tranche")
        constraints = [
            models.UniqueConstraint(fields=["appropriation", "number"], name="tranche_number_once"),
            models.CheckConstraint(
                condition=Q(asked__gte=F("granted"), granted__gte=F("paid"), paid__gte=0),
                name="tranche_amounts_in_order",
            ),
            models.CheckConstraint(
                condition=Q(granted_by=None) | ~Q(granted_by=F("requested_by")),
                name="tranche_granter_is_not_requester",
            ),
            models.CheckConstraint(
                condition=Q(paid_by=None)
                | (~Q(paid_by=F("requested_by")) & ~Q(paid_by=F("granted_by"))),
                name="tranche_payer_is_neither",
            ),
        ]
        indexes = [models.Index(fields=["state", "-changed_at", "-id"], name="tranche_by_state")]

    def __str__(self):
        return _("%(line)s, tranche %(number)s") % {
            "line": self.appropriation,
            "number": self.number or "",
        }

    def get_absolute_url(self):
        return reverse("tranche", args=[self.pk])

    @property
    def unpaid(self):
        return self.granted - self.paid

    def content(self):
        return {
            "appropriation": self.appropriation_id,
            "number": self.number,
            "purpose": self.purpose,
            "asked": self.asked,
            "granted": self.granted,
            "paid": self.paid,
            "due_on": str(self.due_on or ""),
        }


class UnspentLineQuerySet(models.QuerySet):
    def for_page(self):
        rows = self.select_related("appropriation__component", "appropriation__balance")
        return rows.order_by("appropriation__component", "appropriation__fiscal_year", "pk")


class UnspentLine(models.Model):
    """One line of money on the day its agreement was terminated; written once, never changed.

    ``unpaid`` was granted and not paid out, ``unspent`` was paid (of local funds: voted) and
    not executed.
    """

    termination = models.ForeignKey(Termination, models.PROTECT, related_name="unspent_lines")
    appropriation = models.ForeignKey(Appropriation, models.PROTECT, related_name="+")
    agreed = models.BigIntegerField(_("agreed"))
    granted = models.BigIntegerField(_("granted"))
    paid = models.BigIntegerField(_("paid"))
    executed = models.BigIntegerField(_("executed"))
    unpaid = models.BigIntegerField(_("granted and not paid"))
    unspent = models.BigIntegerField(_("unspent"))

    objects = UnspentLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("unspent line")
        constraints = [
            models.UniqueConstraint(
                fields=["termination", "appropriation"], name="unspent_line_once"
            ),
            models.CheckConstraint(
                condition=Q(unpaid__gte=0, unspent__gte=0), name="unspent_line_not_below_zero"
            ),
        ]
