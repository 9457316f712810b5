"""Amendments: who proposes, what is material, who consents, and what stays in force meanwhile."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from agreements.amendments.materiality import is_material
from agreements.amendments.scope import baseline_of, criteria_of
from agreements.models import Commitment
from agreements.workflow import AGREEMENT, AMENDMENT, PARTY
from foundation.engine.workflow import NotNow
from foundation.models import Event
from foundation.time import clock
from tests import factories

MINOR = {("MCST", 2029, "national"): 900_000}
MATERIAL = {("MCST", 2029, "national"): 5_000_000}


def states(version):
    return dict(version.parties.values_list("organisation", "state"))


def test_next_version_is_a_copy_of_the_one_in_force(cast, call):
    base = factories.in_force(cast, call)

    version = factories.next_version(cast, base)

    assert (version.number, version.state, version.kind) == (2, "drafting", "")
    assert version.text()["articles"] == base.text()["articles"]
    assert version.text()["schedule"] == base.text()["schedule"]
    assert [p[:2] for p in version.text()["parties"]] == [p[:2] for p in base.text()["parties"]]


@pytest.mark.parametrize("who", ["approver", "motir_approver", "coordinator"])
def test_any_party_proposes_and_the_coordinator_for_one(cast, call, who):
    assert factories.next_version(cast, factories.in_force(cast, call), who=who)


@pytest.mark.parametrize("who", ["drafter", "moe_reviewer", "auditor", "finance"])
def test_nobody_else_proposes(cast, call, who):
    base = factories.in_force(cast, call)

    with pytest.raises(PermissionDenied):
        factories.next_version(cast, base, who=who)


def test_one_amendment_at_a_time(cast, call):
    base = factories.in_force(cast, call)
    factories.next_version(cast, base)

    with pytest.raises(NotNow):
        factories.next_version(cast, base, who="motir_approver")


def test_what_is_not_in_force_is_not_amended(cast, call):
    with pytest.raises(NotNow):
        factories.next_version(cast, factories.signing(cast, call))


def test_minor_amendment_is_in_force_with_the_last_consent(cast, call):
    base = factories.in_force(cast, call)
    version = factories.circulated(
        cast, factories.change(cast, factories.next_version(cast, base), MINOR)
    )

    version = factories.consented(cast, version)

    base.refresh_from_db()
    assert (version.state, version.kind) == ("in_force", "minor")
    assert base.state == "superseded"
    assert version.amendment.state == "in_force"
    assert version.resolution == ""
    assert not version.parties.filter(signatures__isnull=False).exists()


def test_only_those_who_are_concerned_are_asked(cast, call):
    version = factories.change(cast, factories.amending(cast, call), MINOR)

    version = factories.circulated(cast, version)

    assert states(version) == {
        "MOTIR": "asked",  # it leads
        "MCST": "asked",
        "gangwon": "asked",  # it pays into the component
        "gangwon-gangneung": "asked",
    }


def test_a_ministry_without_changed_components_is_informed(cast, call):
    change = {("MOTIR", 2029, "national"): 900_000}
    version = factories.change(cast, factories.amending(cast, call), change)

    version = factories.circulated(cast, version)

    assert states(version)["MCST"] == "informed"


def test_who_is_informed_may_object_and_holds_it_up(cast, call):
    change = {("MOTIR", 2029, "national"): 900_000}
    version = factories.circulated(
        cast, factories.change(cast, factories.amending(cast, call), change)
    )
    informed = version.parties.get(organisation="MCST")
    factories.objected(cast, informed, number=0, remark="분담이 달라진다.")

    version = factories.consented(cast, version)

    assert version.state == "consent"


def test_a_changed_article_concerns_all(cast, call):
    version = factories.amending(cast, call)
    change = {("MOTIR", 2029, "national"): 900_000}

    def edit(record):
        record.articles.filter(number=1).update(body_ko="목적을 고쳐 쓴다.")

    version = factories.change(cast, version, change)
    version = AGREEMENT.perform("revise", version, actor=cast["coordinator"], parts=edit)

    assert set(states(factories.circulated(cast, version)).values()) == {"asked"}


def test_material_amendment_goes_to_the_committee_and_is_signed_again(cast, call):
    base = factories.in_force(cast, call)
    version = factories.change(cast, factories.next_version(cast, base), MATERIAL)

    version = factories.consented(cast, factories.circulated(cast, version))
    assert (version.state, version.kind) == ("frozen", "material")
    base.refresh_from_db()
    assert base.state == "in_force"

    def resolution(record):
        record.resolution, record.resolved_on = "제13차-1", date(2026, 11, 2)

    version = AGREEMENT.perform("resolve", version, actor=cast["coordinator"], change=resolution)
    for party in version.parties.order_by("pk"):
        factories.sign(cast, party)
    version.refresh_from_db()
    base.refresh_from_db()
    assert (version.state, base.state) == ("in_force", "superseded")


def test_the_longer_period_is_material(cast, call):
    version = factories.change(cast, factories.amending(cast, call), last_year=2030)

    assert is_material(criteria_of(version))


def test_four_changes_of_nine_percent_are_thirty_six(cast, call):
    version, kinds = factories.in_force(cast, call), []
    for step in range(1, 5):
        won = 1_000_000 + step * 1_080_000  # 9 % of the 12 million of the first version
        version = factories.next_version(cast, version)
        version = factories.change(cast, version, {("MOTIR", 2029, "national"): won})
        version = factories.concluded(cast, version)
        kinds.append(version.kind)

    assert kinds == ["minor", "minor", "minor", "material"]
    assert baseline_of(version) == version
    assert criteria_of(version)[0].change == 0


def test_limits_of_the_call_decide(cast):
    call = factories.call(cast, material_percent=5)
    version = factories.change(
        cast, factories.amending(cast, call), {("MOTIR", 2029, "national"): 1_600_000}
    )

    assert is_material(criteria_of(version))


def test_withdrawn_amendment_leaves_the_version_in_force(cast, call):
    version = factories.circulated(
        cast, factories.change(cast, factories.amending(cast, call), MINOR)
    )
    base = version.amendment.base

    AMENDMENT.perform("withdraw", version.amendment, actor=cast["approver"], note="철회한다.")

    version.refresh_from_db()
    base.refresh_from_db()
    assert (version.state, base.state) == ("dropped", "in_force")
    assert set(states(version).values()) == {"named"}
    assert version.agreement.current() == base
    assert factories.next_version(cast, base).number == 3


@pytest.mark.parametrize("who", ["motir_approver", "drafter", "auditor"])
def test_only_who_proposed_it_or_the_coordinator_withdraws(cast, call, who):
    version = factories.amending(cast, call)

    with pytest.raises(PermissionDenied):
        AMENDMENT.perform("withdraw", version.amendment, actor=cast[who], note="?")


def test_nothing_changed_is_not_circulated(cast, call):
    with pytest.raises(NotNow):
        factories.circulated(cast, factories.amending(cast, call))


def test_amounts_of_closed_years_cannot_change(cast, call):
    version = factories.amending(cast, call)
    version = factories.change(cast, version, {("MOTIR", 2027, "national"): 900_000})

    with clock.at(datetime(2028, 3, 2, tzinfo=UTC)), pytest.raises(NotNow, match="2027"):
        factories.circulated(cast, version)


def test_a_year_that_ends_while_the_parties_answer_is_closed(cast, call):
    version = factories.circulated(
        cast,
        factories.change(
            cast, factories.amending(cast, call), {("MOTIR", 2027, "national"): 900_000}
        ),
    )
    *first, last = version.parties.filter(state="asked").order_by("pk")
    for party in first:
        PARTY.perform("consent", party, actor=factories.signer(cast, party))

    with clock.at(datetime(2028, 1, 3, tzinfo=UTC)), pytest.raises(NotNow, match="2027"):
        PARTY.perform("consent", last, actor=factories.signer(cast, last))


def test_amounts_outside_the_period_are_refused(cast, call):
    version = factories.change(cast, factories.amending(cast, call), last_year=2028)

    with pytest.raises(NotNow, match="2029"):
        factories.circulated(cast, version)


def test_nothing_enters_while_the_agreement_is_suspended(cast, call):
    version = factories.circulated(
        cast, factories.change(cast, factories.amending(cast, call), MINOR)
    )
    AGREEMENT.perform("suspend", version.amendment.base, actor=cast["coordinator"], note="감사 중")

    with pytest.raises(NotNow):
        factories.consented(cast, version)

    version.refresh_from_db()
    assert version.state == "consent"


def test_commitments_are_written_once_for_each_version(cast, call):
    version = factories.amended(cast, call)

    for each in version.agreement.versions.all():
        columns = ("component", "fiscal_year", "source", "won")
        promised = set(each.commitments.values_list(*columns))
        assert promised == set(each.schedule.values_list(*columns))
    assert Commitment.objects.filter(won=900_000).count() == 1


def test_a_leaving_party_consents_and_signs_for_the_last_time(cast, call):
    version = factories.amending(cast, call)

    def leave(record):
        record.parties.filter(organisation="gangwon").update(role="leaving")

    version = AGREEMENT.perform("revise", version, actor=cast["coordinator"], parts=leave)
    version = factories.concluded(cast, version)

    assert (version.state, version.kind) == ("in_force", "material")
    assert states(version)["gangwon"] == "signed"
    assert "gangwon" not in states(factories.next_version(cast, version))


def test_another_lead_ministry_is_material_and_leads_once_it_is_in_force(cast, call):
    version = factories.amending(cast, call)

    def lead(record):
        record.parties.filter(organisation="MOTIR").update(role="ministry")
        record.parties.filter(organisation="MCST").update(role="lead_ministry")

    version = AGREEMENT.perform("revise", version, actor=cast["coordinator"], parts=lead)
    assert version.agreement.lead_ministry == cast.motir
    version = factories.concluded(cast, version)

    version.agreement.refresh_from_db()
    assert (version.kind, version.agreement.lead_ministry) == ("material", cast.mcst)


def test_history_of_an_amended_agreement_holds(cast, call):
    from foundation.engine.history import first_broken, first_drifted  # noqa: PLC0415 -- of this test alone

    version = factories.amended(cast, call)
    factories.next_version(cast, version)

    events = Event.objects.order_by("tree", "position")
    last = events.filter(tree=version.agreement.reference).order_by("subject", "-position")
    assert first_broken(events) is None
    assert first_drifted(last.distinct("subject")) is None
