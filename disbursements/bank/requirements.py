"""What must be true before an account changes or a batch is sent; each refuses in words."""

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext

from accounts.models import Organisation
from agreements.models import Version
from disbursements.ledger.models import Appropriation
from foundation.engine.workflow import NotNow
from foundation.time import clock

from .models import BankAccount


def no_other_waits(account):
    """One change at a time: what waits already is stopped first, or waited for."""
    rows = BankAccount.objects.filter(organisation=account.organisation, state="confirmed")
    if waiting := rows.filter(effective_on__gt=clock.today()).first():
        text = gettext("“%s” waits to take effect. Stop it first, or wait for its day.")
        raise NotNow(text % waiting, [(str(waiting), waiting.get_absolute_url())])


def no_other_is_requested(account):
    """Of two who request at the same instant, the second is told."""
    Organisation.objects.select_for_update(no_key=True).get(pk=account.organisation_id)
    rows = BankAccount.objects.filter(organisation=account.organisation, state="requested")
    if waiting := rows.first():
        text = gettext("“%s” waits to be confirmed. One change is decided at a time.")
        raise NotNow(text % waiting, [(str(waiting), waiting.get_absolute_url())])


def is_not_in_effect(account):
    if account.state == BankAccount.State.CONFIRMED and not account.waits:
        raise NotNow(gettext("This account has taken effect. Request another one to replace it."))


def can_still_be_sent(batch):
    """Between writing and sending, an account may have changed or an agreement have ended."""
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
            " agreement terminated. Withdraw the batch and write it anew."
        )
        raise NotNow(text % item, [(str(item.tranche), item.tranche.get_absolute_url())])
