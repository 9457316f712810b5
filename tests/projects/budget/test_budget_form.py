"""The budget grid of a proposal: units, cells, rules while typing, two people at once."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as some

from projects.budget.forms.cells import shown_in, won_in
from projects.budget.grid import from_words, in_words
from projects.models import BudgetLine, Component, Proposal, Source
from tests import factories


@pytest.fixture
def draft(cast, call):
    return factories.complete_proposal(cast, call)


@pytest.fixture
def client(cast):
    client = Client()
    client.force_login(cast["drafter"])
    return client


@pytest.fixture
def colleague(cast):
    client = Client()
    client.force_login(factories.person("colleague", ("drafter", cast.gangneung)))
    return client


def address(draft):
    return f"/proposals/{draft.pk}/parts/budget/"


def cell(draft, place, year, source):
    component = draft.components.order_by("pk")[place]
    return f"c-{component.pk}-{year}-{source}"


def total():
    return sum(BudgetLine.objects.values_list("won", flat=True))


@given(won=some.integers(0, 10**15), size=some.sampled_from([1, 1_000, 1_000_000]))
def test_no_won_is_lost_in_any_unit(won, size):
    assert won_in(shown_in(won, size), size) == won


@pytest.mark.parametrize(
    ("text", "size", "won"),
    [
        ("1,234.567", 1_000, 1_234_567),
        ("0.001", 1_000, 1),
        ("12", 1_000_000, 12_000_000),
        ("", 1_000, 0),
        ("1 200", 1_000, 1_200_000),
        ("１，２００", 1_000, 1_200_000),
        (".5", 1_000_000, 500_000),
        ("0.00100", 1_000, 1),
        ("1,200,000원", 1, 1_200_000),
        ("₩ 1,200,000", 1, 1_200_000),
        ("1,000,000,000,000,000", 1, 10**15),
    ],
)
def test_an_amount_is_read_in_its_unit(text, size, won):
    assert won_in(text, size) == won


@pytest.mark.parametrize(
    ("text", "size"),
    [("1.5", 1), ("0.0001", 1_000), ("-1", 1_000), ("NaN", 1_000), ("Infinity", 1_000), ("1e3", 1), ("1e99", 1_000_000), ("abc", 1_000), ("1,200원", 1_000), ("₩1,200", 1_000), ("₩", 1_000), ("1_000", 1_000), ("1e3", 1_000), ("1e999999", 1_000), ("1e4400", 1_000), ("9" * 5_000, 1_000), ("0.001" + "0" * 30 + "1", 1_000), (".", 1_000), ("٣", 1_000), ("1" * 400, 1_000), ("1.2.3", 1_000), ("5²", 1), ("5²", 1_000), ("①", 1)],
)  # fmt: skip
def test_what_is_no_whole_number_of_won_is_refused(text, size):
    with pytest.raises(ValidationError):
        won_in(text, size)


def test_cells_are_written_changed_and_emptied_and_others_stay(client, draft):
    before = total()
    first, second = cell(draft, 0, 2027, "national"), cell(draft, 1, 2028, "municipal")
    answer = client.post(
        address(draft), {first: "5,000,000", second: "", cell(draft, 0, 2027, "private"): "7"}
    )

    assert answer.status_code == 302
    # 1,000,000 became 5,000,000; 700,000 was removed; 7 was added
    assert total() == before + 4_000_000 - 700_000 + 7


def test_thousands_are_typed_and_won_are_stored(client, draft):
    name = cell(draft, 0, 2027, "national")
    client.post(address(draft), {"unit": "thousand", name: "1,234.567"})

    assert BudgetLine.objects.filter(won=1_234_567).count() == 1


def test_another_unit_shows_the_same_amounts(client, draft):
    name = cell(draft, 0, 2027, "national")
    answer = client.post(address(draft), {"unit": "won", "show_in": "million", name: "1,234,567"})
    page = answer.content.decode()

    assert answer.status_code == 200
    assert f'name="{name}" value="1.234567"' in page
    assert 'name="unit" value="million"' in page
    assert not BudgetLine.objects.filter(won=1_234_567).exists()


def test_a_bad_cell_rejects_the_whole_and_is_named(client, draft):
    before = total()
    good, bad = cell(draft, 0, 2027, "national"), cell(draft, 1, 2028, "provincial")
    answer = client.post(address(draft), {good: "9", bad: "1,200.5"})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "MCST 내역사업, 2028, 시·도비" in page
    assert f'name="{bad}" value="1,200.5"' in page
    assert f'name="{good}" value="9"' in page
    assert total() == before


@pytest.mark.parametrize("name", ["c-1-2027-national", "c-x-2027-national", "c-{own}-1999-national", "c-{own}-2027-gold", "c-", "c---", "c-{own}-2027-national-more"])  # fmt: skip
def test_cells_that_are_not_there_are_refused(client, draft, name):
    before = total()
    own = draft.components.order_by("pk").first().pk
    answer = client.post(address(draft), {name.format(own=own): "5"})

    expected = 302 if name.endswith("-more") else 422
    assert answer.status_code == expected
    assert (total() == before) is (expected == 422)


def test_a_component_of_another_proposal_cannot_be_changed(client, cast, call, draft):
    other = factories.complete_proposal(cast, call, title="다른 사업")
    name = cell(other, 0, 2027, "national")

    assert client.post(address(draft), {name: "5"}).status_code == 422
    assert not BudgetLine.objects.filter(won=5).exists()


def test_totals_are_updated_while_typing_and_nothing_is_saved(client, draft):
    before = total()
    sent = {cell(draft, 0, 2027, "national"): "99,000,000,000", "recalculate": "1"}
    answer = client.post(address(draft), sent, headers={"HX-Request": "true"})
    page = answer.content.decode()

    assert answer.status_code == 200
    assert "<html" not in page
    # 99,000,000,000 for one cell; the other five national cells hold a million each
    assert "99,005,000,000" in page
    assert "이 공모의 한도는 10,000,000,000원입니다" in page
    assert total() == before


def test_two_people_in_one_grid_lose_nothing(client, colleague, draft):
    base = client.get(address(draft)).context["form"]["base"].value()
    name = cell(draft, 0, 2027, "national")
    assert client.post(address(draft), {"base": base, name: "5"}).status_code == 302

    answer = colleague.post(address(draft), {"base": base, name: "7"})

    assert answer.status_code == 409
    assert answer.context["form"].newer == [("MOTIR 내역사업, 2027, 국비", "5", "7")]
    assert f'name="{name}" value="7"' in answer.content.decode()


def opened(client, draft):
    """The hidden fields that the page sends beside its cells: the amounts when it was opened."""
    form = client.get(address(draft)).context["form"]
    return {name: form[name].value() for name in ("base", "opened")}


def test_two_people_write_different_cells_at_once(client, colleague, draft):
    mine, theirs = cell(draft, 0, 2027, "national"), cell(draft, 1, 2028, "municipal")
    untouched = {mine: "1,000,000", theirs: "700,000"}
    seen = opened(client, draft)
    before = total()

    first = colleague.post(address(draft), seen | untouched | {theirs: "5"})
    second = client.post(address(draft), seen | untouched | {mine: "7"})

    assert (first.status_code, second.status_code) == (302, 302)
    assert total() == before - 700_000 + 5 - 1_000_000 + 7


def test_conflict_in_one_cell_keeps_the_other_cells_of_both_people(client, colleague, draft):
    both, theirs = cell(draft, 0, 2027, "national"), cell(draft, 1, 2028, "municipal")
    seen = opened(client, draft) | {both: "1,000,000", theirs: "700,000"}
    colleague.post(address(draft), seen | {both: "5", theirs: "6"})

    refused = client.post(address(draft), seen | {both: "7"})
    form = refused.context["form"]
    again = {name: form[name].value() for name in ("base", "opened")} | {both: "7", theirs: "6"}
    taken = client.post(address(draft), again)

    assert (refused.status_code, taken.status_code) == (409, 302)
    assert form.newer == [("MOTIR 내역사업, 2027, 국비", "5", "7")]
    assert f'name="{theirs}" value="6"' in refused.content.decode()
    assert sorted(BudgetLine.objects.filter(won__lt=10).values_list("won", flat=True)) == [6, 7]


@pytest.mark.parametrize(
    "opened_with", ["", "x", "1-2027-national", "1-2027-national=-5", "-=", "\0"]
)
def test_page_without_valid_opened_amounts_is_refused_if_there_are_newer_ones(
    client, colleague, draft, opened_with
):
    name, seen = cell(draft, 0, 2027, "national"), opened(client, draft)
    colleague.post(address(draft), seen | {name: "5"})

    answer = client.post(address(draft), seen | {"opened": opened_with, name: "1,000,000"})

    assert answer.status_code in (409, 422)
    assert BudgetLine.objects.filter(won=5).exists()


@given(
    cells=some.dictionaries(
        some.tuples(
            some.integers(1, 10**9), some.integers(1900, 2100), some.sampled_from(Source.values)
        ),
        some.integers(0, 10**15),
    )
)
def test_cells_written_as_text_are_read_back(cells):
    assert from_words(in_words(cells)) == cells


def test_all_sources_are_shown_on_demand_and_keep_what_was_typed(client, draft):
    typed, hidden = cell(draft, 0, 2027, "national"), cell(draft, 0, 2027, "public_body")
    assert hidden not in client.get(address(draft)).content.decode()

    page = client.post(address(draft), {typed: "123", "recalculate": "all"}).content.decode()
    again = client.post(address(draft), {typed: "123", hidden: "", "recalculate": "1"})

    assert f'name="{hidden}" value=""' in page
    assert f'name="{typed}" value="123"' in page
    assert 'value="all"' not in page
    assert hidden in again.content.decode()


def test_the_unit_stays_after_saving(client, draft):
    name = cell(draft, 0, 2027, "national")

    page = client.post(address(draft), {"unit": "million", name: "5"}, follow=True)
    strange = client.post(address(draft), {"unit": "//evil.example", name: "5"})

    assert 'name="unit" value="million"' in page.content.decode()
    assert (strange.status_code, strange.get("Location")) in [(422, None), (302, address(draft))]


def test_an_amount_that_cannot_be_read_is_reported_while_typing(client, draft):
    sent = {cell(draft, 0, 2027, "national"): "1,200.5", "recalculate": "1"}

    typing = client.post(address(draft), sent, headers={"HX-Request": "true"}).content.decode()

    assert "MOTIR 내역사업, 2027, 국비: “1,200.5”" in typing


def large(cast, call, components, years=5):
    """A draft of many components with four sources in every year."""
    draft = factories.proposal(cast, call)
    Proposal.objects.filter(pk=draft.pk).update(last_year=2027 + years - 1)
    rows = Component.objects.bulk_create(
        Component(
            proposal=draft, title=f"내역사업 {n}", ministry=cast.motir if n % 2 else cast.mcst
        )
        for n in range(components)
    )
    BudgetLine.objects.bulk_create(
        BudgetLine(component=row, fiscal_year=2027 + year, source=source, won=1_000_000 + year)
        for row in rows
        for year in range(years)
        for source in ("national", "provincial", "municipal", "private")
    )
    return draft


def test_800_cells_cost_as_many_queries_as_eight(cast, client):
    call = factories.call(cast, most_years=5)
    found = []
    for components in (2, 40):
        draft = large(cast, call, components)
        sent = {}
        for pk in draft.components.values_list("pk", flat=True):
            for year in range(2027, 2032):
                for source in ("national", "provincial", "municipal", "private"):
                    sent[f"c-{pk}-{year}-{source}"] = "" if source == "private" else "2,000,000"
        with CaptureQueriesContext(connection) as read:
            assert client.get(address(draft)).status_code == 200
        with CaptureQueriesContext(connection) as saved:
            assert client.post(address(draft), sent).status_code == 302
        found.append((len(read), len(saved)))

    assert found[0] == found[1]
    assert total() == (2 + 40) * 5 * 3 * 2_000_000


def test_a_dropped_component_is_not_in_the_grid(cast, client, draft):
    component = draft.components.order_by("pk").first()
    Component.objects.filter(pk=component.pk).update(dropped=True)

    assert f"c-{component.pk}-" not in client.get(address(draft)).content.decode()
    assert client.post(address(draft), {f"c-{component.pk}-2027-national": "5"}).status_code == 422
