"""Random years of money: whatever officers order, no won is lost and all totals are right."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from disbursements.models import Settlement
from foundation.engine.history import first_broken
from foundation.engine.workflow import NotNow
from foundation.models import Event
from tests import factories
from tests.effort import effort

from . import acts, orders, plain
from .orders import Road

ACTS = (
    *("request", "grant", "pay", "execute", "vote", "request", "grant", "pay", "correct", "carry"),
    *("request", "grant", "revoke", "report", "accept", "receive", "request", "grant", "pay"),
    *("execute", "carry", "draw", "request", "grant", "refuse", "pay", "execute", "correct"),
    *("report", "accept", "send_back", "request", "grant", "pay", "lapse", "close_year"),
    *("figure", "execute", "contract", "draw", "carry", "refuse_carry", "amend", "amend"),
)
AMOUNTS = some.sampled_from(["all", "half", "half", "over"]) | some.integers(0, 1_500_000)
STEPS = some.lists(
    some.tuples(
        some.sampled_from([True, True, True, False]),
        some.integers(0, len(ACTS) - 1),
        some.integers(0, 10_000),
        AMOUNTS,
    ),
    min_size=15,
    max_size=30,
)


def ordered(road, place, number, size, key):
    act = getattr(orders, ACTS[place % len(ACTS)])
    return act, act(road, number, size, key)


def likely(road, place, number, size, key):
    """An order that must be accepted: the next one from a place on, unless an amendment is it."""
    act, order = ordered(road, place, number, size, key)
    while act is not orders.amend and not (order and order.fits):
        place += 1
        act, order = ordered(road, place, number, size, key)
    return act, order


def attempt(road, act, order):
    """An order is accepted or refused as expected; a refused one changes nothing."""
    before, events = plain.entries_of(road.agreement), Event.objects.count()
    refusal = refusal_of(order.do)
    written = plain.entries_of(road.agreement)
    assert written[: len(before)] == before
    written = [(entry.stage, entry.won) for entry in written[len(before) :]]
    if refusal:
        assert not order.fits, refusal
        assert (written, Event.objects.count()) == ([], events)
    elif order.fits is not None:
        assert (order.fits, written) == (True, order.writes)
        if act in orders.KEYED:
            send_again(road, order)


def refusal_of(do):
    """The refusal, or None; any exception that is not a refusal is a fault."""
    try:
        with transaction.atomic():
            do()
            hold_now()
    except (NotNow, PermissionDenied) as reason:
        return reason
    return None


def hold_now():
    """Check deferred constraints now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def send_again(road, order):
    """Send an order again with the same key: nothing more happens."""
    before = plain.entries_of(road.agreement), Event.objects.count()
    order.do()
    assert (plain.entries_of(road.agreement), Event.objects.count()) == before


def finish(road):
    """Bring every year to its end, which must be possible."""
    for line in plain.lines_in_order(road.agreement).filter(balance__entries__gt=1):
        end_tranches(road, line)
        end_settlement(road, line)
        account = "appropriation" if line.is_national else "treasury"
        if rest := plain.figures_of(line).in_account(account):
            actor = road.payer(line)
            acts.write(road.cast, line, "lapse", rest, actor=actor)
        line.refresh_from_db()
        if line.state != "settled":
            acts.close_year(road.cast, line, actor=road.payer(line))
    plain.check(road.agreement)


def end_tranches(road, line):
    for tranche in line.tranches.filter(state__in=orders.UNDER_WAY):
        end = acts.refuse if tranche.state == "requested" else acts.revoke
        end(road.cast, tranche)


def end_settlement(road, line):
    """Return what is left in the local treasury, with interest."""
    row = Settlement.objects.filter(appropriation=line).first()
    if row is None and line.is_national and plain.figures_of(line).in_account("treasury"):
        row = acts.report(road.cast, line, interest=11)
    elif row and row.state in ("reported", "sent_back"):
        if row.state == "reported":
            row = acts.settle(road.cast, row, "send_back", note="다시")
        row = acts.settle(road.cast, row, "report", actor="finance")
    if row and row.state == "reported":
        row = acts.settle(road.cast, row, "accept")
    if row and row.state == "accepted":
        acts.settle(road.cast, row, "receive")


@pytest.fixture
def agreement(cast, call):
    """In force, with some money on its way; every example begins with it and is undone."""
    cast["second"] = factories.person("second", ("finance", cast.gangneung))
    acts.many_tranches(cast)
    agreement = factories.in_force(cast, call).agreement
    acts.pay(cast, acts.granted(cast, acts.vote(cast, acts.line(), 1_000_000), 600_000), 500_000)
    acts.vote(cast, acts.line(year=2028), 900_000)
    acts.vote(cast, acts.line(source="municipal"), 700_000, actor="finance")
    return agreement


@pytest.mark.django_db
@settings(
    max_examples=effort(8, 1_000),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a step costs too much to shrink
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_no_won_is_lost_whatever_is_ordered(cast, agreement, steps):
    road = Road(cast, agreement)
    with transaction.atomic():
        for step, (mostly, place, number, size) in enumerate(steps):
            choose = likely if mostly else ordered
            act, order = choose(road, place, number, size, f"step-{step}")
            if order:
                attempt(road, act, order)
                plain.check(agreement)
        finish(road)
        assert first_broken(Event.objects.order_by("tree", "position").iterator()) is None
        transaction.set_rollback(True)
