"""Conditions for moves of bank accounts and payment batches; each raises NotNow."""

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext

from accounts.models import Organisation
from agreements.models import Version
from disbursements.ledger.models import Appropriation
from foundation.engine.workflow import NotNow
from foundation.time import clock

from .models import BankAccount


def no_other_waits(account):
    """One change at a time: refused while another confirmed account waits to take effect."""
    rows = BankAccount.objects.filter(organisation=account.organisation, state="confirmed")
    if waiting := rows.filter(effective_on__gt=clock.today()).first():
        text = gettext("“%s” waits to take effect. Stop it first, or wait for its day.")
        raise NotNow(text % waiting, [(str(waiting), waiting.get_absolute_url())])


def no_other_is_requested(account):
    """One request at a time: the second of two simultaneous requests is refused."""
    Organisation.objects.select_for_update(no_key=True).get(pk=account.organisation_id)
    rows = BankAccount.objects.filter(organisation=account.organisation, state="requested")
    if waiting := rows.first():
        text = gettext("“%s” waits to be confirmed. One change is decided at a time.")
        raise NotNow(text % waiting, [(str(waiting), waiting.get_absolute_url())])


def is_not_in_effect(account):
    if account.state == BankAccount.State.CONFIRMED and not account.waits:
        raise NotNow(gettext("This account has taken effect. Request another one to replace it."))


def can_still_be_sent(batch):
    """Refused if since writing an account changed, a line closed or an agreement ended."""
    now = BankAccount.objects.filter(organisation=OuterRef("account__organisation"))
    now = now.confirmed_by_day(clock.today()).values("pk")[:1]
    ended = Version.objects.filter(
        agreement=OuterRef("tranche__appropriation__agreement"), state=Version.State.TERMINATED
    )
    stale = Q(now=None) | ~Q(account=F("now")) | Q(Exists(ended))
    stale |= ~Q(tranche__appropriation__state=Appropriation.State.OPEN)
    if item := batch.items.alias(now=Subquery(now)).filter(stale).order_by("number").first():
        text = gettext(
            "%s cannot be paid as it was written: the account was changed, the line closed or the"
            " agreement terminated. Withdraw the batch and write a new one."
        )
        raise NotNow(text % item, [(str(item.tranche), item.tranche.get_absolute_url())])
