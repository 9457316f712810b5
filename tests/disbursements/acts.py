"""Make moves of money through the workflow engine: one function per move."""

import uuid
from contextlib import contextmanager
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from disbursements.bank import composing
from disbursements.bank.forms import ConfirmationsForm
from disbursements.bank.workflow import BANK_ACCOUNT, PAYMENT_BATCH
from disbursements.models import (
    Appropriation,
    Balance,
    BankAccount,
    CarryOver,
    GapResolution,
    PaymentBatch,
    Settlement,
    Tranche,
)
from disbursements.workflow import APPROPRIATION, CARRY_OVER, GAP_RESOLUTION, SETTLEMENT, TRANCHE
from foundation.time import clock
from projects.models import Call
from projects.workflow import CALL
from tests.prepared import prepared

DAY = date(2026, 11, 2)


def line(ministry="MOTIR", *, source="national", year=2027):
    return Appropriation.objects.get(component__ministry=ministry, source=source, fiscal_year=year)


def totals(row, *names):
    balance = Balance.objects.get(pk=row.pk)
    return tuple(getattr(balance, name) for name in names)


def facts():
    """Facts of an entry: as of the day to which the clock is set, or else of one fixed day."""
    return {"as_of": clock.today() if clock.MOMENT.get() else DAY, "evidence": "e나라도움"}


def perform(workflow, move, record, actor, *, key=None, **options):
    return workflow.perform(move, record, actor=actor, key=key or uuid.uuid4().hex, **options)


@prepared
def many_tranches(cast):
    """Let the call allow any number of tranches a year."""

    def change(call):
        call.tranches_a_year = 366

    who = cast["coordinator"]
    CALL.perform("amend", Call.objects.get(), actor=who, note="분기 제한 없음", change=change)


@prepared
def vote(cast, row, won, *, actor="motir_finance", **options):
    return perform(APPROPRIATION, "vote", row, cast[actor], won=won, **facts(), **options)


@prepared
def execute(cast, row, won, *, actor="finance", **options):
    return perform(APPROPRIATION, "execute", row, cast[actor], won=won, **facts(), **options)


@prepared
def correct(cast, row, entry, *, actor="motir_finance", **options):
    move = f"mend_{'vote' if entry.stage == 'voted' else 'execution'}"
    act = {"entry": entry, "note": "잘못 적었다."}
    return perform(APPROPRIATION, move, row, cast[actor], **act, **options)


@prepared
def request(cast, row, won, *, actor="finance", **options):
    given = {"won": won, "purpose": "1차 공사비"}
    return perform(TRANCHE, "request", Tranche(appropriation=row), cast[actor], **given, **options)


@prepared
def grant(cast, tranche, won, *, actor="motir_finance", **options):
    return perform(TRANCHE, "grant", tranche, cast[actor], won=won, **facts(), **options)


@prepared
def pay(cast, tranche, won, *, actor="motir_payer", **options):
    return perform(TRANCHE, "pay", tranche, cast[actor], won=won, **facts(), **options)


@prepared
def refuse(cast, tranche, *, actor="motir_finance"):
    return TRANCHE.perform("refuse", tranche, actor=cast[actor], note="서류가 없다.")


@prepared
def granted(cast, row, won, **options):
    """A tranche of a line, requested and granted; the money must be voted."""
    return grant(cast, request(cast, row, won), won, **options)


def write(cast, row, move, won, *, actor="motir_finance", **options):
    """A move of the line that writes an amount in won."""
    given = {"won": won, "note": "예산서대로"} | facts() | options
    return perform(APPROPRIATION, move, row, cast[actor], **given)


@prepared
def revoke(cast, tranche, *, actor="motir_finance", **options):
    return perform(TRANCHE, "revoke", tranche, cast[actor], note="사업 축소", **options)


@prepared
def close_year(cast, row, *, actor="motir_finance"):
    return APPROPRIATION.perform("close_year", row, actor=cast[actor])


@prepared
def carry(cast, row, won, *, kind="explicit", account="appropriation", actor="finance"):
    carry = CarryOver(appropriation=row, kind=kind, account=account, won=won, reason="보상 지연")
    carry.approval = "2027년 의결" if kind == "explicit" else ""
    return CARRY_OVER.perform("request", carry, actor=cast[actor])


@prepared
def carried(cast, row, won, *, decider="motir_finance", **options):
    return decide(cast, carry(cast, row, won, **options), actor=decider)


@prepared
def decide(cast, carry_over, move="approve", *, actor="motir_finance", **options):
    return perform(CARRY_OVER, move, carry_over, cast[actor], **options)


@prepared
def report(cast, row, *, interest=0, actor="finance"):
    settlement = Settlement(appropriation=row, interest=interest, evidence="정산보고서")
    return SETTLEMENT.perform("report", settlement, actor=cast[actor])


@prepared
def settle(cast, settlement, move, *, actor="motir_finance", **options):
    return perform(SETTLEMENT, move, settlement, cast[actor], **options)


@prepared
def propose_gap(cast, row, won, *, way="supplementary", until=date(2027, 6, 30), actor=None):
    resolution = GapResolution(appropriation=row, way=way, won=won, reason="추경에 반영한다.")
    resolution.until = until
    who = cast[actor or "motir_finance"]
    return GAP_RESOLUTION.perform("propose", resolution, actor=who)


@prepared
def answer_gap(cast, resolution, move="accept", *, actor="approver"):
    return GAP_RESOLUTION.perform(move, resolution, actor=cast[actor], note="그 사유로")


@contextmanager
def undone():
    """Roll back whatever happens inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def without_triggers():
    """Switch triggers off inside; only constraints protect the data."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


@prepared
def request_account(cast, *, organisation=None, number="301-0123-4567-89", actor="finance"):
    account = BankAccount(
        organisation=organisation or cast.gangneung, bank="011", number=number, holder="강릉시금고"
    )
    return BANK_ACCOUNT.perform("request", account, actor=cast[actor])


@prepared
def confirm_account(cast, account, *, actor="approver"):
    return BANK_ACCOUNT.perform("confirm", account, actor=cast[actor])


@contextmanager
def days_before(days):
    """What happens inside happened some days ago."""
    with clock.at(clock.now() - timedelta(days=days)):
        yield


@prepared
def account(cast, *, days=14, who="approver", **values):
    """An account that was confirmed two weeks ago, and is in effect by now."""
    with days_before(days):
        return confirm_account(cast, request_account(cast, **values), actor=who)


@prepared
def batch(cast, *tranches, actor="motir_finance", payer=None):
    """A batch of tranches, put together and not sent yet."""

    def add_up(record):
        record.taken = composing.take(record, [tranche.pk for tranche in tranches])

    def write_items(record):
        composing.write_items(record, record.taken)

    row = PaymentBatch(payer=payer or cast.motir)
    return PAYMENT_BATCH.perform("write", row, actor=cast[actor], change=add_up, parts=write_items)


@prepared
def send(cast, batch, *, actor="motir_payer"):
    return PAYMENT_BATCH.perform("send", batch, actor=cast[actor])


@prepared
def sent_batch(cast, payments):
    """A sent batch of so many payments on three voted lines."""
    many_tranches(cast)
    rows = [vote(cast, line(year=year), 1_000_000) for year in (2027, 2028, 2029)]
    account(cast)
    tranches = [granted(cast, rows[n % 3], 100 + n % 7) for n in range(payments)]
    return send(cast, batch(cast, *tranches))


def answer_of(batch, *, status="paid", won=None, more=(), day=None):
    """The bank's file with an answer for every item of a batch, and ``more`` rows."""
    day = day or clock.today()
    rows = [
        (item.reference, item.won if won is None else won, day, status, "")
        for item in batch.items.order_by("number")
    ]
    return file_of(*rows, *more)


def file_of(*rows):
    """The bank's file of rows (reference, won, day, status, message)."""
    lines = ["reference,won,paid_on,status,message"]
    lines += [",".join(map(str, row)) for row in rows]
    lines.append(f"total,{len(rows)},{sum(int(row[1]) for row in rows)}")
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")


def read(cast, batch, content, *, actor="motir_payer", name="confirmations.csv"):
    """Read the bank's file through the form, as on the page; returns the batch afterwards."""
    move = PAYMENT_BATCH["read"]
    sent = {"file": SimpleUploadedFile(name, content)}
    form = ConfirmationsForm({}, files=sent, record=batch, move=move, actor=cast[actor])
    assert form.is_valid(), form.errors
    form.perform(PAYMENT_BATCH)
    return PaymentBatch.objects.get(pk=batch.pk)
