"""Book the bank's confirmations as payments, each line in one transaction.

If a run is interrupted, the next one continues with the waiting lines, and no payment is
booked twice.
"""

import hashlib

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from disbursements.tranches.workflow import TRANCHE
from foundation.engine.history import digest_of
from foundation.engine.workflow import NotNow, lock
from foundation.time import clock

from . import files
from .composing import keep
from .models import BankFile, BankLine, BatchItem
from .workflow import BANK_LINE

Outcome, Reason = BatchItem.Outcome, BankLine.Reason
AT_ONCE = 50  # lines booked while the person waits; a worker books the others


def refuse_repetition(content):
    """Raise NotNow if the same file was read before; a simultaneous upload waits here."""
    digest = hashlib.sha256(content).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"bank file {digest}"])
    if before := BankFile.objects.select_related("batch", "by").filter(digest=digest).first():
        text = _("This file was read already, by %(name)s: “%(batch)s”. It is not read again.")
        places = [(str(before.batch), before.batch.get_absolute_url())]
        raise NotNow(text % {"name": before.by, "batch": before.batch}, places)


def refuse_those_who_decided(batch, person):
    """Raise NotNow if the person requested or granted a tranche of the batch."""
    mine = Q(tranche__requested_by=person) | Q(tranche__granted_by=person)
    if count := batch.items.filter(mine).count():
        text = _(
            "You requested or granted %s of these payments. Somebody else in the finance office"
            " reads the confirmations."
        )
        raise NotNow(text % count)


def refuse_a_file_of_others(batch, confirmations):
    references = [each.reference for each in confirmations]
    if not batch.items.filter(reference__in=references).exists():
        raise NotNow(_("No line of this file belongs to this batch. Nothing was read."))


def take_in(batch, name, content, confirmations, person):
    """Store the bank's file and its lines; nothing is booked yet."""
    file = keep(batch, BankFile.Way.IN, name, content, person)
    BankLine.objects.bulk_create(
        BankLine(
            batch=batch,
            file=file,
            number=each.line,
            item_reference=each.reference,
            won=each.won,
            paid_on=each.paid_on,
            is_paid=each.is_paid,
            message=each.message,
        )
        for each in confirmations
    )
    return file


def go_on(lines, most=None):
    """Book the waiting ``lines`` in order; skip batches that another worker books."""
    waiting = lines.filter(state=BankLine.State.WAITING).order_by("pk")
    with_another = set()
    for line in waiting.select_related("file__by").defer("file__content")[:most]:
        if line.batch_id not in with_another and not take_up(line):
            with_another.add(line.batch_id)


@transaction.atomic
def take_up(line):
    """Book one line or record the reason why not. False if another worker books its batch."""
    if not hold(line.batch_id):
        return False
    file, line = line.file, lock(line)
    if line.state == BankLine.State.WAITING:
        line.item = BatchItem.objects.filter(reference=line.item_reference).first()
        answer(line, file)
    return True


def hold(batch):
    """Lock a batch until the transaction ends; False if another worker has locked it."""
    with connection.cursor() as cursor:
        name = f"payment batch {batch}"
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [name])
        return cursor.fetchone()[0]


def answer(line, file):
    item = line.item
    if reason := why_not(line):
        set_aside(line, item, reason)
        return
    try:
        with transaction.atomic():
            pay(line, item, file)
    except (NotNow, PermissionDenied, IntegrityError) as refusal:
        set_aside(line, item, Reason.REFUSED, str(refusal))


def why_not(line):
    """The reason why a line is not booked; empty if it agrees with its payment."""
    item = line.item
    if item is None:
        return Reason.UNKNOWN
    if item.batch_id != line.batch_id:
        return Reason.ELSEWHERE
    if item.outcome != Outcome.OPEN:
        return Reason.CLOSED
    if not line.is_paid:
        return Reason.FAILED
    if line.won != item.won:
        return Reason.AMOUNT
    if not line.batch.sent_on <= line.paid_on <= clock.today():
        return Reason.DAY
    return ""


def pay(line, item, file):
    """Record the payment with the same move, and the same checks, as by hand.

    The reference is its key, so that the ledger counts it once, no matter who reads the file.
    """
    close(item, Outcome.PAID)
    key, evidence = item.reference, f"{file.name[:180]} #{line.number}"
    request = digest_of([key, item.won, str(line.paid_on)])
    facts = {"won": item.won, "as_of": line.paid_on, "evidence": evidence}
    TRANCHE.perform("pay", item.tranche, actor=file.by, key=key, request=request, **facts)
    BANK_LINE.perform("book", line, actor=None, change=lambda record: setattr(record, "item", item))


def set_aside(line, item, reason, words=""):
    """Mark a line as unmatched; what the bank did not pay can be sent again."""
    if reason == Reason.FAILED:
        close(item, Outcome.FAILED)

    def explain(record):
        record.item, record.reason, record.words = item, reason, words[:500]

    BANK_LINE.perform("set_aside", line, actor=None, change=explain)


def close(item, outcome):
    BatchItem.objects.filter(pk=item.pk, outcome=Outcome.OPEN).update(outcome=outcome)


def read(content):
    """The confirmations in a file, read by the configured adapter; raises Unreadable."""
    return files.adapter().read(content)


def is_still_open(line):
    """Is the payment of a line still open, neither paid nor failed?"""
    item = line.item
    return item is not None and item.batch_id == line.batch_id and item.outcome == Outcome.OPEN


def let_go(line):
    """Release the tranche of an open payment, to be paid by hand or in another batch."""
    if is_still_open(line):
        close(line.item, Outcome.FAILED)
