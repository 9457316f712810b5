"""At the same instant: one batch takes a tranche, one change of an account is asked, one payment is booked."""

from functools import partial

import pytest
from django.core.management import call_command

from disbursements.models import BankAccount, BatchItem, Entry, PaymentBatch
from foundation.engine.workflow import NotNow
from tests import factories
from tests.disbursements import acts
from tests.together import at_once

MANY = 6

pytestmark = pytest.mark.django_db(transaction=True)


def refused(results):
    return [type(result) for result in results if isinstance(result, Exception)]


def test_tranche_goes_into_one_of_many_batches(cast, voted):
    acts.account(cast)
    tranche = acts.granted(cast, voted, 5)

    results = at_once(*[partial(acts.batch, cast, tranche)] * MANY)

    assert refused(results) == [NotNow] * (MANY - 1)
    assert BatchItem.objects.get().tranche == tranche


def test_tranche_is_paid_by_hand_or_by_a_batch(cast, voted):
    acts.account(cast)
    tranche = acts.granted(cast, voted, 5)
    by_hand = partial(acts.pay, cast, tranche, 5)

    results = at_once(*[by_hand, partial(acts.batch, cast, tranche)] * 3)

    assert len(refused(results)) == 5
    assert Entry.objects.filter(stage="paid").count() + PaymentBatch.objects.count() == 1


def test_one_change_of_an_account_is_asked_for(cast):
    results = at_once(*[partial(acts.request_account, cast)] * MANY)

    assert refused(results) == [NotNow] * (MANY - 1)
    assert BankAccount.objects.count() == 1


def test_same_payments_in_many_files_are_booked_once(cast, voted):
    acts.account(cast)
    tranches = [acts.granted(cast, voted, 1_000 + n) for n in range(10)]
    batch = acts.send(cast, acts.batch(cast, *tranches))
    cast["third"] = factories.person("third", ("finance", cast.motir))
    content = acts.answer_of(batch)
    readers = ("motir_payer", "third") * (MANY // 2)
    files = [(content + b"\r\n" * (n // 2), who) for n, who in enumerate(readers)]

    results = at_once(*[partial(acts.read, cast, batch, file, actor=who) for file, who in files])

    assert refused(results) == [NotNow] * 3  # every file comes twice
    assert acts.totals(voted, "paid") == (batch.won,)
    assert Entry.objects.filter(stage="paid").count() == 10
    assert batch.lines.filter(state="booked").count() == 10
    call_command("check_ledger")
    call_command("verify_history")
