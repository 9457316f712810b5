"""Sixteen simultaneous requests: never a won too much; the same request counts once."""

import json
from functools import partial

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client

from disbursements.models import Entry, Tranche
from foundation.engine.workflow import NotNow
from foundation.time import clock
from tests.together import at_once

from . import acts

MANY = 16

pytestmark = pytest.mark.django_db(transaction=True)


def storm(act, of):
    """The results, or exceptions, of sixteen simultaneous acts."""
    acts_now = [partial(act, item) for item in of]
    assert len(acts_now) == MANY
    return at_once(*acts_now)


def done(results):
    return [result for result in results if not isinstance(result, Exception)]


def refused(results):
    return [type(result) for result in results if isinstance(result, Exception)]


def holds(line, tranches):
    """Check totals and history after simultaneous acts."""
    balance = line.balance
    balance.refresh_from_db()
    for stage in ("voted", "granted", "paid", "executed"):
        entries = line.entries.filter(stage=stage)
        assert getattr(balance, stage) == sum(entries.values_list("won", flat=True)), stage
    for tranche in tranches:
        tranche.refresh_from_db()
    assert balance.granted == sum(tranche.granted for tranche in tranches)
    assert balance.paid == sum(tranche.paid for tranche in tranches)
    call_command("verify_history")


def test_sixteen_pay_one_tranche(cast, voted):
    tranche = acts.granted(cast, voted, 1_000_000)

    results = storm(lambda _n: acts.pay(cast, tranche, 100_000), range(MANY))

    assert len(done(results)) == 10
    assert refused(results) == [NotNow] * 6
    assert acts.totals(voted, "paid") == (1_000_000,)
    holds(voted, [tranche])
    assert tranche.state == "paid"


def test_sixteen_pay_tranches_of_one_appropriation(cast, voted):
    tranches = [acts.granted(cast, voted, 250_000) for _n in range(4)]

    results = storm(lambda tranche: acts.pay(cast, tranche, 250_000), tranches * 4)

    assert len(done(results)) == 4
    assert refused(results) == [NotNow] * 12
    assert acts.totals(voted, "granted", "paid") == (1_000_000, 1_000_000)
    holds(voted, tranches)


def test_sixteen_grants_against_one_appropriation(cast, line):
    acts.vote(cast, line, 600_000)
    acts.vote(cast, line, 1_000_000)
    tranches = [acts.request(cast, line, 100_000) for _n in range(MANY)]
    acts.correct(cast, line, line.entries.get(stage="voted", won=600_000))

    results = storm(lambda tranche: acts.grant(cast, tranche, 100_000), tranches)

    assert len(done(results)) == 10
    assert refused(results) == [NotNow] * 6
    assert acts.totals(line, "voted", "granted") == (1_000_000, 1_000_000)
    holds(line, tranches)


def test_sixteen_requests_on_one_appropriation(cast, voted):
    results = storm(lambda _n: acts.request(cast, voted, 100_000), range(MANY))

    assert refused(results) == [NotNow] * 6
    assert sorted(tranche.number for tranche in done(results)) == list(range(1, 11))
    holds(voted, voted.tranches.all())


def test_sixteen_report_execution_of_one_payment(cast, voted):
    tranche = acts.pay(cast, acts.granted(cast, voted, 1_000_000), 1_000_000)

    results = storm(lambda _n: acts.execute(cast, voted, 100_000), range(MANY))

    assert refused(results) == [NotNow] * 6
    assert acts.totals(voted, "executed") == (1_000_000,)
    holds(voted, [tranche])


def test_vote_is_not_corrected_while_sixteen_grants_use_it(cast, voted):
    tranches = [acts.request(cast, voted, 60_000) for _n in range(MANY - 1)]
    vote = voted.entries.get(stage="voted")

    def act(item):
        return acts.correct(cast, voted, vote) if item is None else acts.grant(cast, item, 60_000)

    storm(act, [*tranches, None])

    balance = acts.totals(voted, "voted", "granted")
    assert balance in {(0, 0), (1_000_000, 900_000)}
    holds(voted, tranches)


def test_same_key_sixteen_times_is_one_payment(cast, voted):
    tranche = acts.granted(cast, voted, 1_000_000)

    results = storm(lambda _n: acts.pay(cast, tranche, 30_000, key="one", request="r"), range(MANY))

    assert refused(results) == []
    assert {result.paid for result in results} == {30_000}
    assert acts.totals(voted, "paid") == (30_000,)
    assert tranche.entries.filter(stage="paid").count() == 1
    holds(voted, [tranche])


def post(user, address, values, key):
    client = Client()
    client.force_login(user)
    return client.post(
        address,
        json.dumps(values),
        content_type="application/json",
        headers={"Idempotency-Key": key},
    )


def test_same_request_by_api_sixteen_times_is_one_tranche(cast, voted):
    values = {"appropriation": voted.pk, "won": 100_000, "purpose": "1차 공사비"}

    answers = storm(
        lambda _n: post(cast["finance"], "/api/v1/tranches/", values, "one"), range(MANY)
    )

    assert {answer.status_code for answer in answers} == {201}
    assert {answer.json()["id"] for answer in answers} == {Tranche.objects.get().pk}


def test_sixteen_payments_by_api_never_pay_a_won_too_much(cast, voted):
    tranche = acts.granted(cast, voted, 1_000_000)
    values = {"won": 300_000, "as_of": str(clock.today())}
    address = f"/api/v1/tranches/{tranche.pk}/moves/pay/"

    answers = storm(lambda n: post(cast["motir_payer"], address, values, f"k{n}"), range(MANY))

    assert sorted(answer.status_code for answer in answers) == [200] * 3 + [409] * 13
    assert acts.totals(voted, "paid") == (900_000,)
    holds(voted, [tranche])


def test_sixteen_insert_by_sql_and_the_database_holds_alone(cast, voted):
    tranche = acts.request(cast, voted, 1_000_000)

    def insert(_n):
        return Entry.objects.create(
            appropriation=voted,
            stage="granted",
            leaves="appropriation",
            enters="grant",
            won=100_000,
            tranche=tranche,
            as_of=acts.DAY,
        )

    results = storm(insert, range(MANY))

    assert len(done(results)) == 10
    assert refused(results) == [IntegrityError] * 6
    assert acts.totals(voted, "granted") == (1_000_000,)
