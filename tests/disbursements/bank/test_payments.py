"""Payments go to the bank in a batch and come back confirmed: each is booked exactly once."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from disbursements.bank import composing, confirming, files
from disbursements.bank.workflow import BANK_LINE, PAYMENT_BATCH
from disbursements.models import BankFile, BankLine, BatchItem, Entry, PaymentBatch
from foundation.engine.workflow import NEW, NotNow
from foundation.time import clock
from tests import factories
from tests.disbursements import acts

from ..ledger.test_models import breaks
from ..ledger.test_triggers import insert, sql

BATCH_TABLE = {
    # move: (from, to, permission)
    "write": ({NEW}, "written", "disbursements.pay_tranche"),
    "send": ({"written"}, "sent", "disbursements.pay_tranche"),
    "withdraw": ({"written"}, "withdrawn", "disbursements.pay_tranche"),
    "read": ({"sent", "done"}, "stays", "disbursements.pay_tranche"),
    "finish": ({"sent"}, "done", None),
}
LINE_TABLE = {
    "book": ({"waiting"}, "booked", None),
    "set_aside": ({"waiting"}, "unmatched", None),
    "settle": ({"unmatched"}, "settled", "disbursements.pay_tranche"),
}


@pytest.fixture
def tranches(cast, voted):
    return [acts.granted(cast, voted, 100_000 + n) for n in range(3)]


@pytest.fixture
def account(cast):
    return acts.account(cast)


@pytest.fixture
def written(cast, account, tranches):
    return acts.batch(cast, *tranches)


@pytest.fixture
def sent(cast, written):
    return acts.send(cast, written)


def outcomes(batch):
    return list(batch.items.order_by("number").values_list("outcome", flat=True))


def reasons(batch):
    return dict(batch.lines.order_by("pk").values_list("item_reference", "reason"))


def paid(line):
    return acts.totals(line, "paid")[0]


@pytest.mark.parametrize(
    ("workflow", "table"), [(PAYMENT_BATCH, BATCH_TABLE), (BANK_LINE, LINE_TABLE)]
)
def test_table_is_as_written_here(workflow, table):
    moves = workflow.moves.values()

    assert {m.name: (m.source, m.target, m.permission) for m in moves} == table


def test_road_of_a_batch(cast, voted, account, tranches):
    batch = acts.batch(cast, *tranches)
    assert (batch.count, batch.won) == (3, 300_003)
    sent = acts.send(cast, batch)

    done = acts.read(cast, sent, acts.answer_of(sent))

    assert (done.state, outcomes(done)) == ("done", ["paid"] * 3)
    assert paid(voted) == 300_003
    for item in done.items.select_related("tranche"):
        entry = item.tranche.entries.get(stage="paid")
        assert (item.tranche.state, entry.won) == ("paid", item.won)
        assert (entry.made_by, entry.as_of) == (cast["motir_payer"], clock.today())
        assert entry.evidence == f"confirmations.csv #{item.number}"
    call_command("verify_history")
    call_command("check_ledger")


def test_only_finance_officers_of_the_payer_write_send_and_read(cast, tranches, account):
    done = set()
    for name in cast:
        with acts.undone(), suppress(PermissionDenied):
            acts.batch(cast, tranches[0], actor=name)
            done.add(name)

    assert done == {"motir_finance", "motir_payer"}


def test_nobody_sends_what_they_wrote(cast, written):
    with pytest.raises(PermissionDenied):
        acts.send(cast, written, actor="motir_finance")
    with breaks("payment_batch_sender_is_not_writer"):
        PaymentBatch.objects.filter(pk=written.pk).update(
            state="sent", sent_by=cast["motir_finance"], sent_on=clock.today()
        )


def test_nobody_reads_confirmations_of_what_they_granted(cast, voted, sent):
    with pytest.raises(NotNow, match="3"):
        acts.read(cast, sent, acts.answer_of(sent), actor="motir_finance")

    assert (paid(voted), sent.files.filter(way="in").count()) == (0, 0)


def test_four_eyes_hold_even_past_the_form(cast, voted, sent):
    """The payment is the same move as by hand: its own rule refuses who granted."""
    lines = files.CsvFiles().read(acts.answer_of(sent))
    confirming.take_in(sent, "x.csv", b"x", lines, cast["motir_finance"])

    confirming.go_on(sent.lines)

    assert set(reasons(sent).values()) == {"refused"}
    assert (paid(voted), outcomes(sent)) == (0, ["open"] * 3)


def test_same_file_twice_counts_once_and_says_so(cast, voted, sent):
    content = acts.answer_of(sent)
    acts.read(cast, sent, content)

    with pytest.raises(NotNow, match=cast["motir_payer"].name):
        acts.read(cast, sent, content, name="other-name.csv")

    assert (paid(voted), sent.lines.count()) == (300_003, 3)


def test_same_payments_in_another_file_count_once(cast, voted, sent):
    acts.read(cast, sent, acts.answer_of(sent))

    acts.read(cast, sent, acts.answer_of(sent) + b"\r\n")

    assert paid(voted) == 300_003
    assert sorted(sent.lines.values_list("reason", flat=True)) == [""] * 3 + ["closed"] * 3


def test_another_reader_cannot_pay_a_second_time(cast, voted, sent):
    """The key of a move belongs to one person; the batch item prevents a second payment."""
    cast["third"] = factories.person("third", ("finance", cast.motir))
    acts.read(cast, sent, acts.answer_of(sent))

    acts.read(cast, sent, acts.answer_of(sent) + b"\r\n", actor="third")

    assert paid(voted) == 300_003


def test_what_does_not_match_is_listed_with_its_reason(cast, voted, sent):
    first, second, third = sent.items.order_by("number")
    today = clock.today()
    content = acts.file_of(
        (first.reference, first.won + 1, today, "paid", ""),
        (second.reference, second.won, today, "failed", "계좌 해지"),
        (third.reference, third.won, today + timedelta(days=1), "paid", ""),
        ("RIA-999999-1", 5, today, "paid", ""),
    )

    batch = acts.read(cast, sent, content)

    assert reasons(batch) == {
        first.reference: "amount",
        second.reference: "failed",
        third.reference: "day",
        "RIA-999999-1": "unknown",
    }
    assert (paid(voted), outcomes(batch)) == (0, ["open", "failed", "open"])
    assert batch.state == "sent"


def test_line_of_another_batch_is_not_booked_here(cast, voted, account, tranches):
    one = acts.send(cast, acts.batch(cast, tranches[0]))
    other = acts.send(cast, acts.batch(cast, tranches[1]))
    item = other.items.get()
    row = (item.reference, item.won, clock.today(), "paid", "")

    batch = acts.read(cast, one, acts.answer_of(one, more=[row]))

    assert reasons(batch)[item.reference] == "elsewhere"
    assert (paid(voted), outcomes(other)) == (tranches[0].unpaid, ["open"])
    with pytest.raises(NotNow):
        acts.read(cast, one, acts.answer_of(other))


def test_what_the_bank_did_not_pay_goes_into_another_batch(cast, voted, sent, tranches):
    failed = acts.read(cast, sent, acts.answer_of(sent, status="failed"))
    assert (failed.state, outcomes(failed)) == ("done", ["failed"] * 3)

    again = acts.send(cast, acts.batch(cast, *tranches))
    acts.read(cast, again, acts.answer_of(again))

    assert paid(voted) == 300_003


def test_unmatched_line_stays_until_it_is_settled_by_a_note(cast, voted, sent, tranches):
    acts.read(cast, sent, acts.answer_of(sent, won=7))
    lines = list(sent.lines.order_by("pk"))

    with pytest.raises(NotNow):
        BANK_LINE.perform("settle", lines[0], actor=cast["motir_payer"])
    for line in lines:
        BANK_LINE.perform(
            "settle", line, actor=cast["motir_payer"], note="은행 착오", parts=confirming.let_go
        )

    sent.refresh_from_db()
    assert (sent.state, outcomes(sent)) == ("done", ["failed"] * 3)
    acts.pay(cast, tranches[0], 100_000)
    assert paid(voted) == 100_000


def test_tranche_in_a_batch_is_not_paid_or_revoked_by_hand(cast, voted, written, tranches):
    with pytest.raises(NotNow):
        acts.pay(cast, tranches[0], 100_000)
    with pytest.raises(NotNow):
        acts.revoke(cast, tranches[0])
    for stage in ("paid", "revoked"):
        with breaks("entry_waits_for_its_batch"):
            insert(voted, stage, 100_000, tranches[0])

    PAYMENT_BATCH.perform("withdraw", written, actor=cast["motir_payer"], note="잘못 골랐다")

    assert outcomes(written) == ["dropped"] * 3
    acts.pay(cast, tranches[0], 100_000)


def test_tranche_is_in_one_open_batch_at_most(cast, written, tranches):
    with pytest.raises(NotNow):
        acts.batch(cast, tranches[0])
    other = acts.batch(cast, acts.granted(cast, tranches[0].appropriation, 5))
    item = written.items.first()
    item.pk, item.batch, item.number, item.reference = None, other, 9, "x"
    with breaks("batch_item_one_open_for_a_tranche"):
        item.save(force_insert=True)


def test_recipient_without_an_account_is_named_with_what_to_do(cast, tranches):
    with pytest.raises(NotNow, match="강릉시.*계좌"):
        acts.batch(cast, *tranches)


def test_account_that_changed_since_stops_the_batch(cast, written):
    acts.account(cast, number="110-222-333333", days=7)

    with pytest.raises(NotNow):
        acts.send(cast, written)


def test_file_for_the_bank_is_kept_and_always_the_same(cast, sent):
    file = sent.files.get()
    text = bytes(file.content).decode("utf-8-sig")
    head, first, *_more, total = text.split("\r\n")[:-1]

    assert head == "reference,bank_code,account_number,holder,won"
    assert first == f"RIA-{sent.pk}-1,011,301-0123-4567-89,강릉시금고,100000"
    assert total.startswith("total,3,300003,sha256,")
    again = files.CsvFiles().export(f"RIA-{sent.pk}", composing.orders_of(sent))
    assert again == (file.name, bytes(file.content))


def test_no_cell_of_the_file_is_a_formula():
    for holder in ("=1+1", "+82", "-1", "@SUM(A1)", "\tx"):
        order = files.Order("RIA-1-1", "011", "1234567", holder, 5)
        _name, content = files.CsvFiles().export("x", [order])
        assert f",'{holder}" in content.decode() or f""","'{holder}""" in content.decode()


DAY = "2026-11-02"
HEAD = "reference,won,paid_on,status,message\r\n"
HOSTILE = {
    "empty": b"",
    "not UTF-8": (HEAD + "RIA-1-1,5,2026-11-02,paid,강릉\r\ntotal,1,5\r\n").encode("euc-kr"),
    "too large": b"x" * 10 * 1024 * 1024,
    "no header": f"RIA-1-1,5,{DAY},paid,\r\ntotal,1,5\r\n".encode(),
    "no total": f"{HEAD}RIA-1-1,5,{DAY},paid,\r\n".encode(),
    "cut off": f"{HEAD}RIA-1-1,5,{DAY},paid,\r\nRIA-1-2,5,{DAY},paid,\r\ntotal,3,15\r\n".encode(),
    "no payment": f"{HEAD}total,0,0\r\n".encode(),
    "exponent": f"{HEAD}RIA-1-1,1e9,{DAY},paid,\r\ntotal,1,1000000000\r\n".encode(),
    "formula": f"{HEAD}RIA-1-1,=5,{DAY},paid,\r\ntotal,1,5\r\n".encode(),
    "negative": f"{HEAD}RIA-1-1,-5,{DAY},paid,\r\ntotal,1,-5\r\n".encode(),
    "huge": f"{HEAD}RIA-1-1,{10**16 - 1},{DAY},paid,\r\ntotal,1,{10**16 - 1}\r\n".encode(),
    "digits": f"{HEAD}RIA-1-1,５,{DAY},paid,\r\ntotal,1,5\r\n".encode(),
    "day": f"{HEAD}RIA-1-1,5,2026-02-30,paid,\r\ntotal,1,5\r\n".encode(),
    "day digits": f"{HEAD}RIA-1-1,5,２０２６-11-02,paid,\r\ntotal,1,5\r\n".encode(),
    "status": f"{HEAD}RIA-1-1,5,{DAY},maybe,\r\ntotal,1,5\r\n".encode(),
    "columns": f"{HEAD}RIA-1-1,5,{DAY}\r\ntotal,1,5\r\n".encode(),
    "twice": f"{HEAD}RIA-1-1,5,{DAY},paid,\r\nRIA-1-1,5,{DAY},paid,\r\ntotal,2,10\r\n".encode(),
    "long": f"{HEAD}{'R' * 41},5,{DAY},paid,\r\ntotal,1,5\r\n".encode(),
    "NUL": f"{HEAD}RIA-1-1\0,5,{DAY},paid,\r\ntotal,1,5\r\n".encode(),
    "bell": f"{HEAD}RIA-1-1,5,{DAY},paid,\a\r\ntotal,1,5\r\n".encode(),
    "quotation": f'{HEAD}RIA-1-1,5,{DAY},paid,"open\r\ntotal,1,5\r\n'.encode(),
    "cell": f"{HEAD}RIA-1-1,5,{DAY},paid,{'x' * 200_000}\r\ntotal,1,5\r\n".encode(),
    "lines": (HEAD + "\r\n".join(f"R{n},1,{DAY},paid," for n in range(30_000))).encode(),
    "picture": factories.PNG,
    "UTF-16": (HEAD + f"RIA-1-1,5,{DAY},paid,\r\ntotal,1,5\r\n").encode("utf-16"),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_file_is_refused_as_a_whole(content):
    with pytest.raises(files.Unreadable):
        files.CsvFiles().read(content)


def test_message_of_the_bank_may_read_like_a_formula():
    (line,) = files.CsvFiles().read(
        acts.file_of(("RIA-1-1", 5, DAY, "failed", "=cmd|' /C calc'!A0"))
    )

    assert (line.paid_on, line.message) == (date(2026, 11, 2), "=cmd|' /C calc'!A0")


def test_run_that_was_ended_in_the_middle_goes_on(cast, voted, sent, monkeypatch):
    class Died(BaseException):
        pass

    def pay_and_die(*args):
        booked.append(pay(*args))
        if len(booked) == 2:
            raise Died

    booked, pay = [], confirming.pay
    monkeypatch.setattr(confirming, "pay", pay_and_die)
    with pytest.raises(Died):
        acts.read(cast, sent, acts.answer_of(sent))
    assert (paid(voted), outcomes(sent)) == (100_000, ["paid", "open", "open"])

    monkeypatch.setattr(confirming, "pay", pay)
    confirming.go_on(BankLine.objects.all())

    assert (paid(voted), outcomes(sent)) == (300_003, ["paid"] * 3)
    assert PaymentBatch.objects.get(pk=sent.pk).state == "done"


def test_file_of_the_bank_never_changes(cast, sent):
    acts.read(cast, sent, acts.answer_of(sent))

    for text in (
        "UPDATE disbursements_bankfile SET name = 'x'",
        "DELETE FROM disbursements_bankfile",
    ):
        with breaks_append_only():
            sql(text)
    one = sent.files.get(way="out")
    with breaks("bank_file_once"):
        BankFile.objects.create(
            batch=sent, way="in", name="x", content=b"x", digest=one.digest, by=one.by
        )
    with breaks("bank_file_sent_once"):
        BankFile.objects.create(
            batch=sent, way="out", name="x", content=b"x", digest="x", by=one.by
        )


def breaks_append_only():
    return pytest.raises(Exception, match="append-only")


def test_batch_stays_as_it_was_put_together(cast, sent):
    for change in (
        "won = won + 1",
        "count = count + 1",
        "payer_id = 'MCST'",
        "state = 'written'",
        "state = 'withdrawn'",
        "sent_on = sent_on + 1",
    ):
        with breaks("payment_batch_stays"):
            sql(f"UPDATE disbursements_paymentbatch SET {change}")
    with breaks("payment_batch_stays"):
        sql("DELETE FROM disbursements_paymentbatch")
    with breaks("payment_batch_done_is_whole"):
        sql("UPDATE disbursements_paymentbatch SET state = 'done'")


def test_item_is_answered_once_and_never_changes(cast, sent):
    for change in ("won = won + 1", "reference = 'x'", "outcome = 'dropped'"):
        with breaks("batch_item_stays"):
            sql(f"UPDATE disbursements_batchitem SET {change} WHERE number = 1")
    acts.read(cast, sent, acts.answer_of(sent))
    for outcome in ("open", "failed"):
        with breaks("batch_item_stays"):
            sql(f"UPDATE disbursements_batchitem SET outcome = '{outcome}' WHERE number = 1")


def test_answer_of_the_bank_never_changes(cast, sent):
    acts.read(cast, sent, acts.answer_of(sent))

    for change in ("won = 1", "item_reference = 'x'", "is_paid = false", "state = 'waiting'"):
        with breaks("bank_line_stays"):
            sql(f"UPDATE disbursements_bankline SET {change} WHERE number = 1")


def test_item_pays_what_is_unpaid_to_the_recipient(cast, voted, account, tranches):
    batch = acts.batch(cast, tranches[0])
    other = acts.account(cast, organisation=cast.motir, actor="motir_finance", who="motir_approver")
    facts = {"batch": batch, "number": 2, "reference": "x", "tranche": tranches[1]}
    unpaid = tranches[1].unpaid

    for values in (
        {"won": unpaid - 1, "account": account},
        {"won": unpaid, "account": other},
        {"won": unpaid, "account": account, "outcome": "paid"},
        {"won": unpaid, "account": account, "tranche": acts.request(cast, voted, 5)},
    ):
        with breaks("batch_item_is_payable"):
            BatchItem.objects.create(**facts | values)


def test_every_constraint_of_a_batch(cast, written):
    with acts.without_triggers():
        rows = PaymentBatch.objects.filter(pk=written.pk)
        with breaks("payment_batch_pays_something"):
            rows.update(count=0)
        with breaks("payment_batch_is_sent_by_somebody"):
            rows.update(state="sent")
        first, second, _third = written.items.order_by("number")
        items = BatchItem.objects.filter(pk=first.pk)
        with breaks("batch_item_number_once"):
            items.update(number=second.number)
        with breaks("batch_item_reference_once"):
            items.update(reference=second.reference)
        with breaks("batch_item_moves_something"):
            items.update(won=0)


def test_every_constraint_of_a_line(cast, sent):
    acts.read(cast, sent, acts.answer_of(sent))
    first, second, _third = sent.lines.order_by("pk")
    rows = BankLine.objects.filter(pk=first.pk)
    with acts.without_triggers():
        with breaks("bank_line_number_once"):
            rows.update(number=second.number)
        with breaks("bank_line_reference_once"):
            rows.update(item_reference=second.item_reference)
        with breaks("bank_line_books_an_item_once"):
            rows.update(item=second.item)
        with breaks("bank_line_booked_names_its_item"):
            rows.update(item=None)
        with breaks("bank_line_unmatched_says_why"):
            rows.update(state="unmatched")
        with breaks("bank_line_not_below_zero"):
            rows.update(won=-1)


def test_every_named_constraint_is_broken_here():
    with open(__file__, encoding="utf-8") as this:
        text = this.read()

    models = (PaymentBatch, BatchItem, BankFile, BankLine)
    names = [constraint.name for model in models for constraint in model._meta.constraints]
    assert [name for name in names if f'"{name}"' not in text] == []


def test_entry_names_its_reference(cast, sent):
    acts.read(cast, sent, acts.answer_of(sent))

    keys = Entry.objects.filter(stage="paid").values_list("key", flat=True)
    assert all(f":RIA-{sent.pk}-" in key for key in keys)
