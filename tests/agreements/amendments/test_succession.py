"""Successions during an agreement: signed text stays, rights and money pass to successors."""

from datetime import UTC, date, datetime, timedelta

import pytest

from agreements.amendments.scope import criteria_of
from agreements.amendments.succession import heirs, succession_of
from agreements.amendments.views.panel import successions
from agreements.models import Party
from agreements.workflow import AGREEMENT
from foundation.engine.workflow import NotNow
from foundation.time import clock
from tests import factories
from tests.disbursements import acts

SUMMER = date(2027, 7, 1)
AFTER = datetime(2027, 8, 2, 3, tzinfo=UTC)


def end(body, day, *heirs_of):
    """End a body on the day before ``day`` and set its successors."""
    body.spells.update(valid_to=day - timedelta(days=1))
    body.successors.set(heirs_of)


def rename(body, day, **names):
    body.spells.update(valid_to=day - timedelta(days=1))
    return body.spells.create(valid_from=day, **names)


def consent_of(cast, version, *people):
    """Consent for every asked party, each by one of ``people`` who has the permission."""
    from agreements.workflow import PARTY  # noqa: PLC0415 -- beside its one use

    for party in version.parties.filter(state="asked").order_by("pk"):
        actor = next(p for p in people if p.has_perm("agreements.consent_as_party", party))
        PARTY.perform("consent", party, actor=actor)
    version.refresh_from_db()
    return version


def all_approvers(cast, *more):
    names = ("approver", "province_approver", "motir_approver", "mcst_approver")
    fresh = [type(cast[name]).objects.get(pk=cast[name].pk) for name in names]
    return [*fresh, *more]


@pytest.mark.parametrize(
    ("body", "before", "after"),
    [("gangwon", "강원특별자치도", "강원통합도"), ("motir", "산업통상부", "산업부")],
)
def test_a_renamed_body_signed_under_its_old_name(cast, call, body, before, after):
    version = factories.in_force(cast, call)
    renamed = getattr(cast, body)
    rename(renamed, SUMMER, name_ko=after, name_en="Renamed")

    party = version.parties.get(organisation=renamed)
    with clock.at(AFTER):
        found = succession_of(party, version.in_force_on, clock.today())

    assert (found.printed, found.now, found.since) == (before, after, SUMMER)
    assert party.name == before
    assert version.text()["parties"][0][0] == "MOTIR"


def test_a_rename_alone_is_no_change(cast, call):
    version = factories.in_force(cast, call)
    rename(cast.gangwon, SUMMER, name_ko="강원통합도", name_en="Renamed")

    with clock.at(AFTER):
        next_one = factories.next_version(cast, version)
        hits = [criterion.name for criterion in criteria_of(next_one) if criterion.hit]
        with pytest.raises(NotNow):  # and nothing to circulate
            factories.circulated(cast, next_one)

    assert hits == []


def test_two_funders_that_merge_become_one_party(cast, call):
    """As Gwangju and South Jeolla in July 2026: the sum stays, the merged body answers for both."""
    version = factories.in_force(cast, call)
    merged = factories.organisation("merged", "province", name_ko="통합시", valid_from=SUMMER)
    end(cast.gangwon, SUMMER, merged)
    end(cast.gangneung, SUMMER, merged)
    heir = factories.person("heir", ("approver", merged))

    with clock.at(AFTER):
        next_one = factories.next_version(cast, version, who="coordinator")
        assert list(next_one.parties.order_by("position").values_list("organisation", "role")) == [
            ("MOTIR", "lead_ministry"),
            ("MCST", "ministry"),
            ("merged", "province"),
        ]
        next_one = factories.circulated(cast, next_one)
        assert next_one.kind == "minor"
        next_one = consent_of(cast, next_one, heir, cast["motir_approver"], cast["mcst_approver"])

    assert next_one.state == "in_force"
    assert next_one.schedule.count() == version.schedule.count()
    this_year, later = (acts.line(source="municipal", year=year) for year in (2027, 2028))
    assert (this_year.payer_id, later.payer_id) == ("gangwon-gangneung", "merged")
    assert heir.has_perm("disbursements.view_appropriation", this_year)


def test_rights_follow_before_anything_is_amended(cast, call):
    version = factories.signing(cast, call)
    merged = factories.organisation("merged", "province", name_ko="통합시", valid_from=SUMMER)
    end(cast.gangwon, SUMMER, merged)
    heir = factories.person("heir", ("approver", merged))

    with clock.at(AFTER):
        assert heir.has_perm(
            "agreements.sign_as_party", version.parties.get(organisation="gangwon")
        )


def test_the_year_of_a_move_stays_with_the_old_parent(cast, call):
    """Gunwi went from Gyeongbuk to Daegu in July 2023; Gyeongbuk's ledger ran to 31 December."""
    version = factories.in_force(cast, call)
    daegu = factories.organisation("daegu", "province", name_ko="대구광역시", name_en="Daegu")
    mayor = factories.person("mayor", ("approver", daegu))
    rename(cast.gangneung, SUMMER, name_ko="강릉시", name_en="Gangneung-si", parent=daegu)

    with clock.at(AFTER):
        next_one = factories.next_version(cast, version)
        assert "daegu" in next_one.parties.values_list("organisation", flat=True)
        assert "gangwon" not in next_one.parties.values_list("organisation", flat=True)
        next_one = factories.circulated(cast, next_one)
        assert next_one.kind == "minor"
        consent_of(cast, next_one, *all_approvers(cast, mayor))

    payers = [acts.line(source="provincial", year=year).payer_id for year in (2027, 2028, 2029)]
    assert payers == ["gangwon", "daegu", "daegu"]
    assert acts.line(source="municipal", year=2028).payer_id == "gangwon-gangneung"


def divided_ministry(cast):
    """MCST is divided in two; both heirs have an approver."""
    culture = factories.organisation("CULTURE", "ministry", name_ko="문화부", valid_from=SUMMER)
    sports = factories.organisation("SPORTS", "ministry", name_ko="체육부", valid_from=SUMMER)
    end(cast.mcst, SUMMER, culture, sports)
    cast["culture"] = factories.person("culture", ("approver", culture))
    cast["sports"] = factories.person("sports", ("approver", sports))
    return culture, sports


def decide_heir(cast, version, heir):
    from agreements.amendments.forms.amendments import HeirsForm  # noqa: PLC0415 -- beside its one use

    component = version.agreement.proposal.components.get(ministry="MCST")
    form = HeirsForm(
        {f"heir_{component.pk}": heir.pk},
        record=version,
        move=AGREEMENT["revise"],
        actor=cast["coordinator"],
    )
    assert form.is_valid(), form.errors
    return form.perform(AGREEMENT)


def test_heirs_of_a_division_are_both_until_it_is_decided(cast, call):
    culture, sports = divided_ministry(cast)

    assert heirs(cast.mcst, SUMMER) == [culture, sports]
    assert heirs(cast.mcst, SUMMER - timedelta(days=1)) == [cast.mcst]


def test_a_divided_ministry_must_have_its_heir_decided(cast, call):
    version = factories.in_force(cast, call)
    divided_ministry(cast)

    with clock.at(AFTER):
        next_one = factories.change(
            cast, factories.next_version(cast, version), {("MOTIR", 2029, "national"): 900_000}
        )
        with pytest.raises(NotNow, match="문화체육관광부"):
            factories.circulated(cast, next_one)


def test_the_decided_heir_answers_for_the_component(cast, call):
    version = factories.in_force(cast, call)
    _culture, sports = divided_ministry(cast)

    with clock.at(AFTER):
        next_one = decide_heir(cast, factories.next_version(cast, version), sports)
        next_one = factories.circulated(cast, next_one)
        assert next_one.kind == "minor"
        next_one = consent_of(cast, next_one, *all_approvers(cast, cast["sports"]))

    assert next_one.state == "in_force"
    roles = dict(next_one.parties.values_list("organisation", "role"))
    assert roles["SPORTS"] == Party.Role.MINISTRY
    assert "MCST" not in roles
    payers = [acts.line("MCST", year=year).payer_id for year in (2027, 2028)]
    assert payers == ["MCST", "SPORTS"]
    component = next_one.agreement.proposal.components.get(ministry="MCST")
    assert next_one.text()["heirs"] == [[component.pk, "SPORTS"]]


def test_successions_are_shown_on_the_page(cast, call, client):
    version = factories.in_force(cast, call)
    divided_ministry(cast)
    rename(cast.gangwon, SUMMER, name_ko="강원통합도", name_en="Renamed")
    client.force_login(cast["auditor"])

    with clock.at(AFTER):
        shown = successions(version)
        html = client.get(version.get_absolute_url()).content.decode()

    assert [found.now for found in shown] == ["문화부, 체육부", "강원통합도"]
    assert "문화부, 체육부" in html
    assert "강원통합도" in html
