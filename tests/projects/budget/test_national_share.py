"""The largest national share that a call allows, in percent; worked out by hand."""

from datetime import date

import pytest

from plans.models import Area
from projects.budget.national_share import allowed, areas_of
from projects.drafting.completeness import missing
from projects.models import Component, Proposal, ShareRule
from tests import factories

RULES = [
    ShareRule(kind="facility", area="", most_percent=50),
    ShareRule(kind="facility", area="underdeveloped", most_percent=80),
    ShareRule(kind="facility", area="smart_city", most_percent=60),
    ShareRule(kind="land", area="underdeveloped", most_percent=30),
]


@pytest.mark.parametrize(
    ("kind", "areas", "most"),
    [
        ("facility", set(), 50),
        ("facility", {"smart_city"}, 60),
        ("facility", {"smart_city", "underdeveloped"}, 80),
        ("facility", {"old_downtown"}, 50),
        ("land", set(), None),
        ("land", {"underdeveloped"}, 30),
        ("research", {"underdeveloped"}, None),
    ],
)
def test_the_rule_that_allows_most_counts(kind, areas, most):
    assert allowed(RULES, kind, areas) == most


def area(cast, since, until=None, kind="underdeveloped"):
    return Area.objects.create(region=cast.gangneung, kind=kind, since=since, until=until)


def test_areas_count_on_the_day_the_call_closes(cast):
    call = factories.call(cast, closes_on=date(2026, 12, 31))
    proposal = factories.proposal(cast, call)
    area(cast, date(2026, 12, 31))
    area(cast, date(2020, 1, 1), date(2026, 12, 30), kind="smart_city")
    area(cast, date(2027, 1, 1), kind="old_downtown")
    Area.objects.create(region=cast.hongseong, kind="innovation_city", since=date(2020, 1, 1))

    assert areas_of(proposal) == {"underdeveloped"}


def complaints(proposal):
    fresh = Proposal.objects.for_page().get(pk=proposal.pk)
    return [complaint.text for complaint in missing(fresh)]


def facility(cast, call, *amounts):
    proposal = factories.complete_proposal(cast, call)
    national, own = amounts
    made = factories.component(
        cast, proposal, cast.motir, title="도서관", amounts={(2027, "national"): national, (2028, "municipal"): own}
    )  # fmt: skip
    Component.objects.filter(pk=made.pk).update(kind="facility")
    return proposal


def test_a_share_above_the_rule_is_a_complaint_to_the_won(cast, call):
    ShareRule.objects.create(call=call, kind="facility", most_percent=50)

    assert complaints(facility(cast, call, 500, 500)) == []
    (text,) = complaints(facility(cast, call, 501, 499))
    assert "도서관" in text
    assert "50.1%" in text
    assert "50%" in text


def test_a_designated_area_allows_more(cast, call):
    ShareRule.objects.create(call=call, kind="facility", most_percent=50)
    ShareRule.objects.create(call=call, kind="facility", area="underdeveloped", most_percent=80)
    proposal = facility(cast, call, 800, 200)
    assert len(complaints(proposal)) == 1

    area(cast, date(2020, 1, 1))

    assert complaints(proposal) == []
