"""Workflows of bank accounts, payment batches and lines of the bank's answer."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NEW, STAYS, Move, Workflow
from foundation.time import clock
from foundation.time.calendar import add_working_days

from .composing import drop_items, keep_the_file, set_sent
from .models import BankAccount, BankLine, PaymentBatch
from .requirements import (
    can_still_be_sent,
    is_not_in_effect,
    no_other_is_requested,
    no_other_waits,
)

B, P, L = BankAccount.State, PaymentBatch.State, BankLine.State
DAYS_TO_OBJECT = 3  # working days; somebody away for a day can still stop the change


def set_effective(account):
    """A changed account waits three working days, so that it can be stopped."""
    account.confirmed_on = clock.today()
    account.effective_on = add_working_days(account.confirmed_on, DAYS_TO_OBJECT)


def finish_when_answered(line):
    """A sent batch is done when none of its payments is open."""
    if line.batch.state == P.SENT and not line.batch.items.filter(outcome="open").exists():
        PAYMENT_BATCH.perform("finish", line.batch, actor=None)


BANK_ACCOUNT = Workflow(
    BankAccount,
    #    move        from                        to           who may
    Move("request",  {NEW},                      B.REQUESTED, "disbursements.request_bank_account",
         _("Request a bank account"), requires=(no_other_is_requested,), stamps="requested_by", tone="primary"),
    Move("confirm",  {B.REQUESTED},              B.CONFIRMED, "disbursements.confirm_bank_account",
         _("Confirm the bank account"), requires=(no_other_waits,), does=set_effective,
         stamps="confirmed_by", never_by=("requested_by",), tone="primary"),
    Move("refuse",   {B.REQUESTED},              B.REFUSED,   "disbursements.confirm_bank_account",
         _("Refuse the bank account"), never_by=("requested_by",), needs_note=True, tone="danger"),
    Move("withdraw", {B.REQUESTED, B.CONFIRMED}, B.WITHDRAWN, "disbursements.stop_bank_account",
         _("Stop the change"), requires=(is_not_in_effect,), needs_note=True, tone="danger"),
)  # fmt: skip

PAYMENT_BATCH = Workflow(
    PaymentBatch,
    #    move        from              to           who may
    Move("write",    {NEW},            P.WRITTEN,   "disbursements.pay_tranche",
         _("Put a payment batch together"), stamps="written_by", tone="primary"),
    Move("send",     {P.WRITTEN},      P.SENT,      "disbursements.pay_tranche",
         _("Send the batch to the bank"), requires=(can_still_be_sent,), does=set_sent,
         stamps="sent_by", never_by=("written_by",), effects=(keep_the_file,), tone="primary"),
    Move("withdraw", {P.WRITTEN},      P.WITHDRAWN, "disbursements.pay_tranche",
         _("Withdraw the batch"), needs_note=True, effects=(drop_items,), tone="danger"),
    Move("read",     {P.SENT, P.DONE}, STAYS,       "disbursements.pay_tranche",
         _("Read the bank's confirmations"), tone="primary", needs_content=True),
    Move("finish",   {P.SENT},         P.DONE,      None, _("Every payment is answered")),
)  # fmt: skip

BANK_LINE = Workflow(
    BankLine,
    #    move         from           to           who may
    Move("book",      {L.WAITING},   L.BOOKED,    None, _("Booked as the bank confirmed"),
         effects=(finish_when_answered,)),
    Move("set_aside", {L.WAITING},   L.UNMATCHED, None, _("Not booked"),
         effects=(finish_when_answered,)),
    Move("settle",    {L.UNMATCHED}, L.SETTLED,   "disbursements.pay_tranche",
         _("Settle by a note"), needs_note=True, effects=(finish_when_answered,)),
)  # fmt: skip
