"""The rules of money that a call sets: tranches a year, the first one, what is executed between."""

from datetime import UTC, date, datetime

import pytest

from agreements.workflow import AGREEMENT, TERMINATION
from disbursements.ledger import writers as ledger
from disbursements.models import Appropriation, Tranche
from disbursements.tranches.instalments import instalments
from disbursements.workflow import TRANCHE
from disbursements.years.overdue import overdue_settlement
from foundation.engine.workflow import NotNow
from foundation.time import clock
from projects.models import Call
from reminders.matters.money import requestable, unsettled
from tests import factories
from tests.disbursements import acts


def rules(**terms):
    Call.objects.update(**terms)


def test_no_more_tranches_than_the_call_allows(cast, voted):
    rules(tranches_a_year=2)
    acts.refuse(cast, acts.request(cast, voted, 10))  # does not count
    acts.request(cast, voted, 10)
    acts.request(cast, voted, 10)

    with pytest.raises(NotNow, match="2"):
        acts.request(cast, voted, 10)


def test_first_tranche_is_no_more_than_its_share(cast, voted):
    rules(first_tranche_percent=30)

    assert ledger.requestable(voted) == 300_000  # of a million voted
    with pytest.raises(NotNow):
        acts.request(cast, voted, 300_001)
    acts.request(cast, voted, 300_000)
    assert ledger.requestable(voted) == 700_000


def test_next_tranche_once_enough_is_executed(cast, voted):
    rules(executed_percent=80)
    acts.pay(cast, acts.granted(cast, voted, 500_000), 500_000)
    acts.execute(cast, voted, 399_999)

    with pytest.raises(NotNow, match="80%"):
        acts.request(cast, voted, 100_000)
    acts.execute(cast, voted, 1)
    acts.request(cast, voted, 100_000)


def test_plan_follows_the_first_share_and_loses_no_won():
    plan = instalments(1_000, 2027, parts=4, first=40)
    odd = instalments(1_001, 2027, parts=3, first=50)

    assert [row.won for row in plan] == [400, 200, 200, 200]
    assert [row.won for row in odd] == [501, 250, 250]  # 500.5, 250.25, 250.25


def test_plan_is_monthly_at_most():
    assert len(instalments(1_200, 2027, parts=52)) == 12


def test_settlement_is_due_at_the_end_of_the_months_that_the_call_gives(cast, voted):
    rules(settlement_months=2)
    acts.pay(cast, acts.granted(cast, voted, 10), 10)

    assert list(unsettled(date(2027, 12, 31))) == []
    assert [line.settle_by for line in unsettled(date(2028, 1, 3))] == [date(2028, 2, 29)]
    rules(settlement_months=12)
    assert [line.settle_by for line in unsettled(date(2028, 1, 3))] == [date(2028, 12, 31)]
    acts.report(cast, voted)
    assert list(unsettled(date(2028, 1, 3))) == []


def test_agreement_that_ends_is_settled_from_its_last_day(cast, version, voted):
    rules(settlement_months=2)
    acts.pay(cast, acts.granted(cast, voted, 10), 10)
    with clock.at(datetime(2027, 5, 14, 3, tzinfo=UTC)):
        termination = factories.termination(cast, version)
        TERMINATION.perform("decide", termination, actor=cast["second_coordinator"])

    assert [line.settle_by for line in unsettled(date(2027, 5, 14))] == [date(2027, 7, 14)]


def test_work_offers_a_request_while_the_rules_allow_one(cast, voted):
    day = date(2027, 3, 2)
    rules(tranches_a_year=1, executed_percent=50)

    assert list(requestable(day)) == [voted]
    tranche = acts.pay(cast, acts.granted(cast, voted, 10), 10)
    assert list(requestable(day)) == []
    rules(tranches_a_year=2)
    assert list(requestable(day)) == []
    acts.execute(cast, tranche.appropriation, 5)
    assert list(requestable(day)) == [voted]


def test_grant_needs_a_reason_while_a_year_before_is_not_settled(client, cast, voted):
    """The settlement of 2027 is due on 29 February 2028 (two months after the year's end)."""
    rules(settlement_months=2)
    with clock.at(datetime(2027, 5, 14, 3, tzinfo=UTC)):
        acts.pay(cast, acts.granted(cast, voted, 10), 10)
    with clock.at(datetime(2028, 1, 10, 3, tzinfo=UTC)):
        tranche = acts.request(cast, acts.vote(cast, acts.line(year=2028), 1_000), 1_000)
    client.force_login(cast["motir_finance"])
    page = f"/tranches/{tranche.pk}/moves/grant/"

    with clock.at(datetime(2028, 2, 29, 3, tzinfo=UTC)):
        assert "정산되지 않았고" not in client.get(page).content.decode()
    with clock.at(datetime(2028, 3, 2, 3, tzinfo=UTC)):  # 1 March is a holiday
        assert "2027 국비" in client.get(page).content.decode()
        sent = {"won": "1,000", "as_of": "2028-03-02", "key": "once"}
        refused = client.post(page, sent)
        assert refused.status_code == 422
        assert "note" in refused.context["form"].errors
        assert client.post(page, sent | {"note": "공사 중단을 막는다."}).status_code == 302

    tranche.refresh_from_db()
    assert (tranche.state, tranche.granted) == ("granted", 1_000)


def test_settled_year_asks_for_no_reason(cast, voted):
    with clock.at(datetime(2027, 5, 14, 3, tzinfo=UTC)):
        acts.pay(cast, acts.granted(cast, voted, 10), 10)
    line = acts.line(year=2028)
    assert overdue_settlement(line, date(2028, 12, 29)) == voted
    with clock.at(datetime(2028, 2, 1, 3, tzinfo=UTC)):
        acts.report(cast, voted)

    assert overdue_settlement(line, date(2028, 12, 29)) is None
    assert overdue_settlement(voted, date(2028, 12, 29)) is None


def test_reason_for_a_grant_is_asked_by_the_move_itself(cast, voted):
    with clock.at(datetime(2027, 5, 14, 3, tzinfo=UTC)):
        acts.pay(cast, acts.granted(cast, voted, 10), 10)
    with clock.at(datetime(2029, 1, 10, 3, tzinfo=UTC)):
        tranche = acts.request(cast, acts.vote(cast, acts.line(year=2029), 1_000), 1_000)
        with pytest.raises(NotNow, match="2027 국비"):
            acts.grant(cast, tranche, 1_000)
        assert acts.grant(cast, tranche, 1_000, note="공사 중단을 막는다.").granted == 1_000


def may_be_requested(line):
    return TRANCHE.refusal("request", Tranche(appropriation=line)) is None


@pytest.mark.parametrize("percent", [0, 1, 33, 50, 99, 100])
@pytest.mark.parametrize("executed", [0, 1, 33, 34, 50, 51, 99, 100, 101])
def test_record_and_queryset_agree_about_another_tranche(cast, voted, percent, executed):
    """Of 101 won paid; the exact share is often no whole number of won."""
    rules(tranches_a_year=4, executed_percent=percent)
    acts.pay(cast, acts.granted(cast, voted, 101), 101)
    acts.execute(cast, voted, executed)

    for line in Appropriation.objects.all():
        found = Appropriation.objects.filter(pk=line.pk).requestable().exists()
        assert found == may_be_requested(line), line


def test_reminder_asks_for_no_tranche_that_the_move_refuses(cast, voted):
    """Half of 101 won are 50.5: 50 executed are not enough."""
    rules(executed_percent=50)
    acts.pay(cast, acts.granted(cast, voted, 101), 101)
    acts.execute(cast, voted, 50)
    assert list(requestable(date(2027, 3, 2))) == []
    acts.execute(cast, voted, 1)
    assert list(requestable(date(2027, 3, 2))) == [voted]


def test_record_and_queryset_agree_in_every_state(cast, version, voted):
    rules(tranches_a_year=1, executed_percent=0)
    seen = set()

    def compare():
        for line in Appropriation.objects.all():
            found = Appropriation.objects.filter(pk=line.pk).requestable().exists()
            assert found == may_be_requested(line), line
            seen.add(found)

    compare()
    tranche = acts.request(cast, voted, 10)
    compare()  # all tranches are requested
    acts.refuse(cast, tranche)
    compare()  # one that was refused does not count
    acts.settle(cast, acts.report(cast, voted), "accept")
    compare()  # it is under settlement
    AGREEMENT.perform("suspend", version, actor=cast["coordinator"], note="감사")
    compare()
    assert seen == {True, False}


def may_be_paid(tranche):
    return tranche.state == "granted" and TRANCHE.refusal("pay", tranche) is None


def test_record_and_queryset_agree_what_can_be_paid(cast, version, voted):
    acts.many_tranches(cast)
    acts.account(cast)
    for_batch, by_hand = (acts.granted(cast, voted, 10) for _each in range(2))
    acts.request(cast, voted, 10)
    seen = {}

    def compare(situation):
        payable = set(Tranche.objects.payable())
        assert payable == {row for row in Tranche.objects.all() if may_be_paid(row)}, situation
        seen[situation] = len(payable)

    compare("two are granted")
    acts.batch(cast, for_batch)
    compare("one is in a batch")
    acts.pay(cast, by_hand, 10)
    compare("the other is paid")
    waiting = acts.granted(cast, voted, 10)
    compare("one more is granted")
    Appropriation.objects.filter(pk=voted.pk).update(state="closed")
    compare("the line is closed")
    Appropriation.objects.filter(pk=voted.pk).update(state="open")
    termination = factories.termination(cast, version)
    TERMINATION.perform("decide", termination, actor=cast["second_coordinator"])
    compare("the agreement is terminated")
    assert list(seen.values()) == [2, 1, 0, 1, 0, 0]
    assert waiting.state == "granted"
