"""Payment batches, their items, the bank's files and the bank's answers."""

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, User
from accounts.permissions import RecordQuerySet
from disbursements.tranches.models import Tranche
from foundation.engine.history import digest_of
from foundation.models import Record
from foundation.time import clock

from .bank_accounts import BankAccount


class PaymentBatchQuerySet(RecordQuerySet):
    def for_list(self):
        rows = self.select_related("written_by", "sent_by")
        return rows.prefetch_related("payer__spells")


class PaymentBatch(Record):
    """Tranches that a ministry pays with one file (일괄 지급).

    One person puts it together, another sends it. Once it is sent it never changes; it is done
    when the bank has confirmed or refused every item. ``count`` and ``won`` are the totals.
    """

    class State(models.TextChoices):
        WRITTEN = "written", pgettext_lazy("payment batch", "written")
        SENT = "sent", pgettext_lazy("payment batch", "sent")
        DONE = "done", pgettext_lazy("payment batch", "done")
        WITHDRAWN = "withdrawn", pgettext_lazy("payment batch", "withdrawn")

    view_permission = "disbursements.view_payment"
    places = {"payer": "payer"}

    payer = models.ForeignKey(
        Organisation, models.PROTECT, related_name="payment_batches", verbose_name=_("payer")
    )
    count = models.PositiveIntegerField(_("payments"), default=0, editable=False)
    won = models.BigIntegerField(_("won"), default=0, editable=False)
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    sent_on = models.DateField(_("sent on"), null=True, editable=False)

    objects = PaymentBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment batch")
        constraints = [
            models.CheckConstraint(
                condition=Q(count__gt=0, won__gt=0), name="payment_batch_pays_something"
            ),
            models.CheckConstraint(
                condition=Q(sent_by=None) | ~Q(sent_by=F("written_by")),
                name="payment_batch_sender_is_not_writer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "done"])
                | Q(sent_by__isnull=False, sent_on__isnull=False),
                name="payment_batch_is_sent_by_somebody",
            ),
        ]

    def __str__(self):
        return _("Payment batch %(number)s") % {"number": self.pk or ""}

    def get_absolute_url(self):
        return reverse("disbursements:payment", args=[self.pk])

    def content(self):
        """For the history; its items as a digest, because there can be a thousand."""
        names = ("reference", "tranche_id", "won", "account_id")
        items = [list(row) for row in self.items.order_by("number").values_list(*names)]
        return {"payer": self.payer_id, "count": self.count, "won": self.won} | {
            "items": digest_of(items),
            "sent_on": str(self.sent_on or ""),
        }


class BatchItem(models.Model):
    """A payment of a batch: the unpaid won of one tranche, to the account in effect that day.

    The bank's answer names its ``reference``, which is also the key under which it is booked.
    """

    class Outcome(models.TextChoices):
        OPEN = "open", pgettext_lazy("payment", "open")
        PAID = "paid", pgettext_lazy("payment", "paid")
        FAILED = "failed", pgettext_lazy("payment", "not paid")
        DROPPED = "dropped", pgettext_lazy("payment", "dropped")

    batch = models.ForeignKey(PaymentBatch, models.PROTECT, related_name="items")
    number = models.PositiveIntegerField(_("number"))
    reference = models.CharField(_("reference"), max_length=40)
    tranche = models.ForeignKey(Tranche, models.PROTECT, related_name="batch_items")
    account = models.ForeignKey(BankAccount, models.PROTECT, related_name="batch_items")
    won = models.BigIntegerField(_("won"))
    outcome = models.CharField(
        _("outcome"), max_length=20, choices=Outcome, default=Outcome.OPEN, editable=False
    )

    class Meta:
        verbose_name = _("payment")
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="batch_item_number_once"),
            models.UniqueConstraint(fields=["reference"], name="batch_item_reference_once"),
            models.UniqueConstraint(
                fields=["tranche"],
                condition=Q(outcome="open"),
                name="batch_item_one_open_for_a_tranche",
            ),
            models.CheckConstraint(condition=Q(won__gt=0), name="batch_item_moves_something"),
        ]
        indexes = [models.Index(fields=["batch", "outcome"], name="batch_item_by_outcome")]

    def __str__(self):
        return self.reference


class BankFile(models.Model):
    """A file sent to the bank or received from it; never changed.

    The same content is accepted only once, also under another name.
    """

    class Way(models.TextChoices):
        OUT = "out", _("to the bank")
        IN = "in", _("from the bank")

    batch = models.ForeignKey(PaymentBatch, models.PROTECT, related_name="files")
    way = models.CharField(max_length=3, choices=Way)
    name = models.CharField(_("file"), max_length=150)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("bank file")
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="bank_file_once"),
            models.UniqueConstraint(
                fields=["batch"], condition=Q(way="out"), name="bank_file_sent_once"
            ),
        ]

    def __str__(self):
        return self.name


class BankLineQuerySet(RecordQuerySet):
    def for_list(self):
        return self.select_related("item", "file__by", "batch").defer("file__content")

    def progress(self):
        """The numbers of lines: ``all``, ``waiting`` and ``done``."""
        waiting = Count("pk", filter=Q(state=BankLine.State.WAITING))
        found = self.aggregate(all=Count("pk"), waiting=waiting)
        return found | {"done": found["all"] - found["waiting"]}


class BankLine(Record):
    """The bank's answer to one payment: booked once, or unmatched until somebody settles it."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("bank line", "waiting")
        BOOKED = "booked", pgettext_lazy("bank line", "booked")
        UNMATCHED = "unmatched", pgettext_lazy("bank line", "unmatched")
        SETTLED = "settled", pgettext_lazy("bank line", "settled")

    class Reason(models.TextChoices):
        UNKNOWN = "unknown", _("No payment has this reference.")
        ELSEWHERE = "elsewhere", _("The reference belongs to another batch.")
        CLOSED = "closed", _("This payment was confirmed or closed before.")
        AMOUNT = "amount", _("The bank names another amount.")
        DAY = "day", _("The day of payment is in the future, or before the file was sent.")
        FAILED = "failed", _("The bank did not pay.")
        REFUSED = "refused", _("The payment could not be booked.")

    view_permission = "disbursements.view_payment"
    part_of = "batch"
    places = {"payer": "batch__payer"}

    batch = models.ForeignKey(PaymentBatch, models.PROTECT, related_name="lines")
    file = models.ForeignKey(BankFile, models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField(_("line"))
    item_reference = models.CharField(_("reference"), max_length=40)
    won = models.BigIntegerField(_("won"))
    paid_on = models.DateField(_("paid on"))
    is_paid = models.BooleanField(_("paid"))
    message = models.CharField(_("the bank's words"), max_length=200, blank=True)
    item = models.ForeignKey(BatchItem, models.PROTECT, null=True, related_name="lines")
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, blank=True)
    words = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=20, choices=State, default="waiting", editable=False)

    objects = BankLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the bank")
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="bank_line_number_once"),
            models.UniqueConstraint(
                fields=["file", "item_reference"], name="bank_line_reference_once"
            ),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state="booked"), name="bank_line_books_an_item_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="booked") | Q(item__isnull=False, is_paid=True),
                name="bank_line_booked_names_its_item",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["unmatched", "settled"]) | ~Q(reason=""),
                name="bank_line_unmatched_says_why",
            ),
            models.CheckConstraint(condition=Q(won__gte=0), name="bank_line_not_below_zero"),
        ]
        indexes = [
            models.Index(fields=["batch", "state", "id"], name="bank_line_of_batch"),
            models.Index(fields=["id"], condition=Q(state="waiting"), name="bank_line_waiting"),
        ]

    def __str__(self):
        return _("%(batch)s, line %(number)s") % {"batch": self.batch, "number": self.number}

    def get_absolute_url(self):
        return f"{self.batch.get_absolute_url()}#line-{self.pk}"

    def content(self):
        return {
            "file": self.file_id,
            "number": self.number,
            "reference": self.item_reference,
            "won": self.won,
            "paid_on": str(self.paid_on),
            "is_paid": self.is_paid,
            "reason": self.reason,
        }
