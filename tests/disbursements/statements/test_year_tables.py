"""A year's money: component by stage, of a ministry, of a local government, ten years ahead."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disbursements.models import Entry, Stage
from tests import factories
from tests.disbursements import acts

from ..test_views import browser

BALANCED = ("available", "accounted")


@pytest.fixture
def moved(cast, voted):
    """A line on which everything happened: a million voted, in parts on its way."""
    acts.pay(cast, acts.granted(cast, voted, 600_000), 500_000)
    acts.execute(cast, voted, 300_000)
    acts.carried(cast, voted, 150_000)
    acts.write(cast, voted, "record", 950_000, stage=Stage.BILL)
    return voted


def test_year_of_an_agreement_adds_up(cast, moved):
    page = browser(cast["finance"]).get(f"/agreements/{moved.agreement_id}/money/2027/")

    everything = page.context["everything"]
    assert [getattr(everything, name) for name in BALANCED] == [1_000_000, 1_000_000]
    assert everything.left == 550_000  # 250,000 not granted, 100,000 not paid, 200,000 not spent
    cells = dict(page.context["rows"])[moved]
    assert [won for won, _stage in cells] == [
        1_000_000, 0, 950_000, 1_000_000, 0, 600_000, 500_000, 0, 300_000,
    ]  # fmt: skip
    assert page.context["sums"][0] == 4_000_000
    local = [cells for line, cells in page.context["rows"] if line.source == "municipal"]
    assert local[0][1] == (None, Stage.REQUESTED)


def test_matching_shows_what_must_be_returned_before_the_year_ends(cast, moved):
    municipal = acts.line(source="municipal")
    acts.vote(cast, municipal, 400_000, actor="finance")

    page = browser(cast["finance"]).get(f"/agreements/{moved.agreement_id}/money/2027/")

    # 300,000 + 700,000 of local funds are agreed beside a million; 400,000 are voted
    (row,) = [row for row in page.context["matching"] if row.there]
    assert (row.agreed, row.matched, row.unmatched) == (1_000_000, 400_000, 600_000)
    year = browser(cast["finance"]).get("/budgets/local/?year=2027&organisation=gangwon-gangneung")
    assert year.context["unmatched"] == 600_000


def test_year_without_lines_is_not_found(cast, voted):
    client = browser(cast["finance"])

    assert client.get(f"/agreements/{voted.agreement_id}/money/2050/").status_code == 404
    assert browser(cast["hongseong_drafter"]).get(
        f"/agreements/{voted.agreement_id}/money/2027/"
    ).status_code == 404  # fmt: skip


def test_year_of_a_ministry_and_of_a_local_government(cast, moved):
    ministry = browser(cast["motir_finance"]).get("/budgets/ministry/?year=2027")
    local = browser(cast["finance"]).get("/budgets/local/?year=2027")

    assert str(ministry.context["body"].pk) == "MOTIR"
    assert (ministry.context["all"].agreed, ministry.context["all"].paid) == (1_000_000, 500_000)
    assert ministry.context["all"].bill == 950_000
    assert local.context["body"].pk == "gangwon-gangneung"
    assert local.context["all"].agreed == 4_000_000  # two components, all sources
    assert [str(label) for label, _one in local.context["sources"]] == [
        "national", "provincial", "municipal",
    ]  # fmt: skip


def test_foreign_body_cannot_be_chosen(cast, moved):
    page = browser(cast["motir_finance"]).get("/budgets/ministry/?year=2027&organisation=MOE")

    assert page.context["filter"]["form"].errors
    assert "all" not in page.context


def test_ceilings_ahead_are_shown_beside_what_is_promised(cast, version, settings):
    factories.ceiling(cast, cast.motir, 2027, 900_000)
    factories.ceiling(cast, cast.motir, 2028, 5_000_000)

    page = browser(cast["budget"]).get("/budgets/ahead/")

    cells = {body.pk: cells for body, cells in page.context["rows"]}["MOTIR"]
    by_year = {cell.year: cell for cell in cells}
    assert len(cells) == 10
    assert (by_year[2027].left, by_year[2028].left) == (-100_000, 4_000_000)
    assert not by_year[2029].is_set
    assert {cell.year: cell.committed for cell in page.context["whole"]}[2027] == 2_000_000


def test_ministry_sees_its_own_ceilings_and_a_county_none(cast, version):
    factories.ceiling(cast, cast.motir, 2027, 900_000)
    factories.ceiling(cast, cast.mcst, 2027, 800_000)

    own = browser(cast["motir_finance"]).get("/budgets/ahead/")
    county = browser(cast["drafter"]).get("/budgets/ahead/")

    assert [body.pk for body, _cells in own.context["rows"]] == ["MOTIR"]
    assert county.context["rows"] == []


def cost(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_pages_cost_the_same_for_any_number_of_entries(cast, moved):
    client = browser(cast["auditor"])
    addresses = [
        f"/agreements/{moved.agreement_id}/money/2027/",
        f"/agreements/{moved.agreement_id}/statement/",
        "/budgets/ministry/?year=2027&organisation=MOTIR",
        "/budgets/local/?year=2027&organisation=gangwon-gangneung",
    ]
    before = [cost(client, address) for address in addresses]

    Entry.objects.bulk_create(
        Entry(appropriation=moved, stage="executed", leaves="treasury", enters="executed", won=1,
              as_of=acts.DAY) for _n in range(200)
    )  # fmt: skip

    assert [cost(client, address) for address in addresses] == before
