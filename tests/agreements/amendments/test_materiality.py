"""The guideline's rule by hand: 30 percent or one year since the last resolved version."""

from dataclasses import replace

import pytest

from agreements.amendments.materiality import Facts, Heirs, Limits, evaluate_criteria, is_material

BEFORE = Facts(
    cost=1_000,
    area=500,
    first_year=2027,
    last_year=2029,
    parties=frozenset({"MOTIR", "gangwon", "gangneung"}),
    lead="MOTIR",
)


def hits(limits=Limits(), heirs=Heirs(), **changed):  # noqa: B008 -- both are frozen
    found = evaluate_criteria(BEFORE, replace(BEFORE, **changed), limits, heirs)
    return [criterion.name for criterion in found if criterion.hit]


@pytest.mark.parametrize(
    ("changed", "hit"),
    [
        ({}, []),
        ({"cost": 1_299}, []),
        ({"cost": 1_300}, ["cost"]),
        ({"cost": 701}, []),
        ({"cost": 700}, ["cost"]),
        ({"area": 649}, []),
        ({"area": 650}, ["area"]),
        ({"area": None}, ["area"]),
        ({"last_year": 2030}, ["period"]),
        ({"first_year": 2026, "last_year": 2028}, ["period"]),
        ({"lead": "MCST"}, ["lead"]),
        ({"parties": BEFORE.parties | {"hapcheon"}}, ["parties"]),
        ({"parties": BEFORE.parties - {"gangwon"}}, ["parties"]),
        ({"cost": 1_400, "last_year": 2031}, ["cost", "period"]),
    ],
)
def test_what_is_material(changed, hit):
    assert hits(**changed) == hit


def test_exactly_thirty_percent_is_material_to_the_won():
    cost = 18_100_000_001
    before = replace(BEFORE, cost=cost)

    below = evaluate_criteria(before, replace(before, cost=cost + cost * 30 // 100), Limits())
    at = evaluate_criteria(before, replace(before, cost=cost + cost * 30 // 100 + 1), Limits())

    assert not is_material(below)
    assert is_material(at)


def test_limits_are_those_of_the_call():
    assert hits(Limits(percent=10, years=2), cost=1_100, last_year=2030) == ["cost"]
    assert hits(Limits(percent=10, years=2), last_year=2031) == ["period"]


def test_four_changes_of_nine_percent_are_thirty_six():
    costs = [1_090, 1_180, 1_270, 1_360]

    assert [hits(cost=cost) for cost in costs] == [[], [], [], ["cost"]]


def test_an_area_stated_for_the_first_time_is_no_change():
    before = replace(BEFORE, area=None)

    assert not is_material(evaluate_criteria(before, BEFORE, Limits()))


def test_the_arithmetic_is_shown():
    cost = evaluate_criteria(BEFORE, replace(BEFORE, cost=1_090), Limits())[0]

    assert (cost.before, cost.after, cost.change, cost.limit) == (1_000, 1_090, 90, 30)
    assert (cost.share, cost.used) == (9, 300)


def test_a_merger_of_two_funders_changes_no_party_and_no_lead():
    heirs = Heirs({"gangwon": {"merged"}, "gangneung": {"merged"}, "MOTIR": {"MIT"}})

    assert hits(heirs=heirs, parties=frozenset({"MIT", "merged"}), lead="MIT") == []


def test_a_stranger_beside_an_heir_is_a_new_party():
    heirs = Heirs({"gangwon": {"merged"}})
    parties = BEFORE.parties - {"gangwon"} | {"merged", "stranger"}

    criterion = evaluate_criteria(BEFORE, replace(BEFORE, parties=parties), Limits(), heirs)[3]

    assert criterion.hit
    assert criterion.change.new == ("stranger",)
    assert criterion.change.gone == ()
