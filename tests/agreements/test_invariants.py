"""Random amendments with payments between them: what an agreement promises stays consistent."""

from collections import Counter
from fractions import Fraction

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from agreements.models import Version
from agreements.versions.comparison import difference
from agreements.workflow import AGREEMENT, AMENDMENT, PARTY
from disbursements.models import Appropriation, Balance
from foundation.engine.workflow import NotNow
from foundation.models import Event
from tests import factories
from tests.agreements.versions.applying import applied
from tests.disbursements import acts
from tests.effort import effort

APPROVERS = ("approver", "province_approver", "motir_approver", "mcst_approver", "moe_approver")
SOURCES = ("national", "provincial", "municipal", "private")
WON = some.sampled_from([0, 1, 700_000, 1_000_000, 1_080_000]) | some.integers(0, 3_000_000)
CELLS = some.tuples(
    some.sampled_from(["MOTIR", "MCST"]), some.integers(2027, 2030), some.sampled_from(SOURCES)
)
STEPS = some.lists(
    some.one_of(
        some.tuples(some.just("amounts"), some.dictionaries(CELLS, WON, min_size=1, max_size=3)),
        some.tuples(some.just("period"), some.integers(2028, 2030)),
        some.tuples(some.just("party"), some.sampled_from(["join", "leave", "lead"])),
        some.tuples(some.just("conclude"), some.none()),
        some.tuples(some.just("conclude"), some.none()),
        some.tuples(some.just("withdraw"), some.none()),
        some.tuples(some.just("pay"), some.integers(1, 1_500_000)),
    ),
    min_size=5,
    max_size=12,
)


def in_force(agreement):
    return agreement.versions.get(state="in_force")


def in_the_making(cast, agreement):
    """The amendment under way; a new one where there is none."""
    making = agreement.versions.filter(state="drafting").first()
    return making or factories.next_version(cast, in_force(agreement), who="coordinator")


def write_amounts(cast, agreement, amounts):
    factories.change(cast, in_the_making(cast, agreement), amounts)


def write_period(cast, agreement, last_year):
    factories.change(cast, in_the_making(cast, agreement), last_year=last_year)


def write_parties(cast, agreement, what):
    def write(record):
        if what == "join" and not record.parties.filter(organisation="MOE").exists():
            record.parties.create(organisation=cast.moe, role="ministry", position=9)
        if what == "leave":
            record.parties.filter(organisation="MOE").update(role="leaving")
        if what == "lead":
            lead = record.parties.get(role="lead_ministry").organisation_id
            other = "MCST" if lead == "MOTIR" else "MOTIR"
            record.parties.filter(organisation=lead).update(role="ministry")
            record.parties.filter(organisation=other).update(role="lead_ministry")

    version = in_the_making(cast, agreement)
    AGREEMENT.perform("revise", version, actor=cast["coordinator"], parts=write)


def conclude(cast, agreement, _nothing):
    making = agreement.versions.filter(state="drafting").first()
    if making is None:
        return
    making = factories.circulated(cast, making)
    for party in making.parties.filter(state="asked").order_by("pk"):
        PARTY.perform("consent", party, actor=approver(cast, party))
    making.refresh_from_db()
    if making.state == "frozen":
        AGREEMENT.perform("resolve", making, actor=cast["coordinator"], change=resolution)
        for party in making.parties.order_by("pk"):
            actor, unsigned = approver(cast, party), factories.setting()  # a PDF takes long
            PARTY.perform("sign", party, actor=actor, change=unsigned)


def resolution(record):
    record.resolution, record.resolved_on = f"제{record.number}차", acts.DAY


def approver(cast, party):
    return next(
        cast[who] for who in APPROVERS if cast[who].has_perm("agreements.sign_as_party", party)
    )


def withdraw(cast, agreement, _nothing):
    for row in agreement.amendments.filter(state="proposed"):
        AMENDMENT.perform("withdraw", row, actor=cast["coordinator"], note="철회")


def pay(cast, agreement, won):
    line = Appropriation.objects.filter(
        agreement=agreement, component__ministry="MOTIR", source="national", state="open"
    ).first()
    left = Balance.objects.get(pk=line.pk).agreed - Balance.objects.get(pk=line.pk).voted
    if 0 < won <= left:
        acts.pay(cast, acts.granted(cast, acts.vote(cast, line, won), won), won)


ACTS = {
    "amounts": write_amounts,
    "period": write_period,
    "party": write_parties,
    "conclude": conclude,
    "withdraw": withdraw,
    "pay": pay,
}


def attempt(cast, agreement, act, given_):
    """One step; whatever is refused has changed nothing."""
    seen = Event.objects.count()
    try:
        with transaction.atomic():
            ACTS[act](cast, agreement, given_)
    except NotNow:
        assert Event.objects.count() == seen


def key(row):
    return row.component_id, row.fiscal_year, row.source


def check_promises(agreement):
    version = in_force(agreement)
    promised = {key(row): row.won for row in version.commitments.all()}
    assert promised == {key(row): row.won for row in version.schedule.all()}
    by_year = Counter()
    for (_component, year, _source), won in promised.items():
        by_year[year] += won
    agreed = Counter()
    for line in agreement.appropriations.select_related("balance"):
        assert line.balance.agreed == promised.pop(key(line), 0)
        assert sum(line.entries.filter(stage="agreed").values_list("won", flat=True)) == (
            line.balance.agreed
        )
        assert (line.state == "open") == bool(line.balance.agreed)
        assert line.balance.paid <= line.balance.agreed
        agreed[line.fiscal_year] += line.balance.agreed
    assert promised == {}
    assert +agreed == +by_year


def check_kinds(agreement):
    """Compute again whether a version was material, from the last resolved version before it."""
    resolved = None
    for version in agreement.versions.exclude(in_force_on=None).order_by("number"):
        facts = facts_of(version)
        if resolved is None:
            assert version.kind == "original"
        else:
            material = is_material(resolved, facts)
            assert version.kind == ("material" if material else "minor"), (resolved, facts)
        if version.kind != "minor":
            resolved = facts


def facts_of(version):
    parties = {row[0]: row[1] for row in version.text()["parties"] if row[1] != "leaving"}
    return {
        "cost": sum(version.schedule.values_list("won", flat=True)),
        "years": (version.first_year, version.last_year),
        "parties": set(parties),
        "lead": [body for body, role in parties.items() if role == "lead_ministry"],
    }


def is_material(before, after):
    moved = Fraction(abs(after["cost"] - before["cost"]), before["cost"])
    return moved >= Fraction(30, 100) or any(
        before[name] != after[name] for name in ("years", "parties", "lead")
    )


def check_versions(agreement):
    states = Counter(agreement.versions.values_list("state", flat=True))
    assert states["in_force"] == 1
    assert sum(states[state] for state in Version.MAKING) <= 1
    texts = [version.text() for version in agreement.versions.order_by("number")]
    for old in texts:
        for new in texts:
            assert applied(old, difference(old, new)) == new


@pytest.fixture
def agreement(cast, call):
    """An agreement in force; every example begins with it and is rolled back."""
    return factories.in_force(cast, call).agreement


@pytest.mark.django_db
@settings(
    max_examples=effort(10, 1_000),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a step costs too much to shrink
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_promises_stay_consistent_whatever_is_amended(cast, agreement, steps):
    with transaction.atomic():
        for act, given_ in steps:
            attempt(cast, agreement, act, given_)
            check_promises(agreement)
        check_kinds(agreement)
        check_versions(agreement)
        transaction.set_rollback(True)
