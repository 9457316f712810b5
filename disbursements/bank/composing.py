"""Which tranches a payment batch can contain, and how its items are created."""

import hashlib

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from disbursements.tranches.models import Tranche
from foundation.engine.workflow import NotNow
from foundation.time import clock

from . import files
from .models import BankAccount, BankFile, BatchItem

MOST_ITEMS = 1_000


def payable(payer):
    """The payable tranches of a payer.

    ``account`` is the key of the recipient's account in effect today, or None.
    """
    rows = Tranche.objects.payable().filter(appropriation__payer=payer)
    return rows.annotate(account=Subquery(accounts("appropriation__recipient").values("pk")[:1]))


def accounts(recipient):
    """Accounts in effect of the organisation at the path ``recipient``, the current one first."""
    rows = BankAccount.objects.filter(organisation=OuterRef(recipient))
    return rows.confirmed_by_day(clock.today())


def without_account(tranche):
    """The message for a tranche whose recipient has no bank account in effect."""
    text = _(
        "%(tranche)s: %(recipient)s has no bank account in effect. Its finance officer requests"
        " one under “Bank accounts”, its approver confirms it; three working days later it can"
        " be paid."
    )
    return text % {"tranche": tranche, "recipient": tranche.appropriation.recipient}


def take(batch, keys):
    """Lock the tranches and add them up; raises NotNow if one of them cannot be paid now."""
    locked = Tranche.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    found = {row.pk for row in locked}  # locked one after the other, by key
    rows = payable(batch.payer).for_list().filter(pk__in=found).order_by("due_on", "pk")
    taken = list(rows)
    if len(taken) < len(set(keys)):
        raise NotNow(_("Some of these were paid, revoked or put into a batch. Choose again."))
    for tranche in taken:
        if tranche.account is None:
            raise NotNow(without_account(tranche))
    batch.count, batch.won = len(taken), sum(tranche.unpaid for tranche in taken)
    return taken


def write_items(batch, tranches):
    BatchItem.objects.bulk_create(
        BatchItem(
            batch=batch,
            number=number,
            reference=f"RIA-{batch.pk}-{number}",
            tranche=tranche,
            account_id=tranche.account,
            won=tranche.unpaid,
        )
        for number, tranche in enumerate(tranches, start=1)
    )


def orders_of(batch):
    items = batch.items.select_related("account").order_by("number")
    return [
        files.Order(i.reference, i.account.bank, i.account.number, i.account.holder, i.won)
        for i in items
    ]


def set_sent(batch):
    batch.sent_on = clock.today()


def keep_the_file(batch):
    """Store the payment file for the bank, so that it is generated only once."""
    name, content = files.adapter().export(f"RIA-{batch.pk}", orders_of(batch))
    keep(batch, BankFile.Way.OUT, name, content, batch.sent_by)


def keep(batch, way, name, content, person):
    digest = hashlib.sha256(content).hexdigest()
    facts = {"name": name, "content": content, "digest": digest, "by": person}
    return BankFile.objects.create(batch=batch, way=way, **facts)


def drop_items(batch):
    """Release the tranches of a withdrawn batch."""
    batch.items.filter(outcome=BatchItem.Outcome.OPEN).update(outcome=BatchItem.Outcome.DROPPED)
