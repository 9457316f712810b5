"""Bank accounts of organisations: changed by two people, in effect after a waiting time."""

import re
from datetime import timedelta

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, User
from accounts.permissions import RecordQuerySet
from foundation.models import Record
from foundation.time import clock

NUMBER = r"^(?=.{7,20}$)[0-9]+(-[0-9]+)*\Z"  # for Python and PostgreSQL
SHOWN_DIGITS = 4
LEAST_DAYS = 3  # three working days, in calendar days, at least


class Bank(models.TextChoices):
    """The common codes of Korean financial institutions (금융기관 공동코드), those in use."""

    KDB = "002", _("Korea Development Bank")
    IBK = "003", _("Industrial Bank of Korea")
    KOOKMIN = "004", _("KB Kookmin Bank")
    SUHYUP = "007", _("Suhyup Bank")
    NONGHYUP = "011", _("NH NongHyup Bank")
    LOCAL_NONGHYUP = "012", _("Local Nonghyup")
    WOORI = "020", _("Woori Bank")
    STANDARD_CHARTERED = "023", _("SC First Bank")
    CITIBANK = "027", _("Citibank Korea")
    IM = "031", _("iM Bank")
    BUSAN = "032", _("Busan Bank")
    GWANGJU = "034", _("Gwangju Bank")
    JEJU = "035", _("Jeju Bank")
    JEONBUK = "037", _("Jeonbuk Bank")
    GYEONGNAM = "039", _("Gyeongnam Bank")
    SAEMAUL = "045", _("Korean Federation of Community Credit Cooperatives")
    CREDIT_UNION = "048", _("National Credit Union Federation")
    POST = "071", _("Korea Post")
    HANA = "081", _("Hana Bank")
    SHINHAN = "088", _("Shinhan Bank")


class BankAccountQuerySet(RecordQuerySet):
    def for_list(self):
        """With the names for a list, and ``current``: the key of the account in effect today."""
        rows = self.select_related("requested_by", "confirmed_by")
        rows = rows.prefetch_related("organisation__spells")
        newest = BankAccount.objects.filter(organisation=OuterRef("organisation"))
        newest = newest.confirmed_by_day(clock.today()).values("pk")[:1]
        return rows.annotate(current=Subquery(newest))

    def readable_by(self, user):
        """With ``is_open``: whether ``user`` may read the complete account number."""
        permitted = BankAccount.objects.permitted(user, "disbursements.read_account_number")
        return self.annotate(is_open=Exists(permitted.filter(pk=OuterRef("pk"))))

    def confirmed_by_day(self, day):
        """Confirmed accounts that have taken effect by a day, the newest first."""
        rows = self.filter(state=BankAccount.State.CONFIRMED, effective_on__lte=day)
        return rows.order_by("-effective_on", "-pk")


class BankAccount(Record):
    """An account (입금 계좌) of an organisation: requested by one person, confirmed by another.

    It replaces the previous account on ``effective_on``; until then the change can be stopped.
    A trigger prevents changes to what was confirmed.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", pgettext_lazy("bank account", "requested")
        CONFIRMED = "confirmed", pgettext_lazy("bank account", "confirmed")
        REFUSED = "refused", pgettext_lazy("bank account", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("bank account", "withdrawn")

    view_permission = "disbursements.view_bank_account"
    places = {"organisation": "organisation", "payers": "organisation__receives__payer"}

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="bank_accounts", verbose_name=_("organisation")
    )
    bank = models.CharField(_("bank"), max_length=3, choices=Bank)
    number = models.CharField(
        _("account number"),
        max_length=20,
        validators=[
            RegexValidator(NUMBER, _("7 to 20 digits and hyphens, as in 301-0123-4567-89."))
        ],
    )
    holder = models.CharField(_("account holder"), max_length=50)
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    confirmed_on = models.DateField(_("confirmed on"), null=True, editable=False)
    effective_on = models.DateField(_("in effect from"), null=True, editable=False)

    objects = BankAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank account")
        constraints = [
            models.CheckConstraint(
                condition=Q(bank__regex=r"^[0-9]{3}$"), name="bank_account_bank_has_three_digits"
            ),
            models.CheckConstraint(
                condition=Q(number__regex=NUMBER), name="bank_account_number_is_digits"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("requested_by")),
                name="bank_account_four_eyes",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | Q(
                    confirmed_by__isnull=False,
                    effective_on__gte=F("confirmed_on") + timedelta(days=LEAST_DAYS),
                ),
                name="bank_account_confirmed_waits",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state="requested"),
                name="bank_account_one_request",
            ),
            models.UniqueConstraint(
                fields=["organisation", "effective_on"],
                condition=Q(state="confirmed"),
                name="bank_account_one_a_day",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}, {self.get_bank_display()} {self.masked}"

    def get_absolute_url(self):
        return reverse("disbursements:bank-account", args=[self.pk])

    @property
    def masked(self):
        """The account number with asterisks for all but its last four digits."""
        return re.sub(rf"[0-9](?=(?:-*[0-9]){{{SHOWN_DIGITS}}})", "*", self.number)

    @property
    def waits(self):
        """Is the account confirmed, but not in effect yet?"""
        return self.state == self.State.CONFIRMED and self.effective_on > clock.today()

    def content(self):
        names = ("bank", "number", "holder")
        facts = {name: getattr(self, name) for name in names}
        facts["effective_on"] = str(self.effective_on or "")
        return {"organisation": self.organisation_id, **facts}
