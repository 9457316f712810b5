"""Uploading the workbook and typing into the grid write the same amounts, to the won."""

from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from demo.pilot import plans
from projects.budget import sums as budget
from projects.budget.grid import cells_of, write_cells
from projects.models import Source
from projects.workflow import PROPOSAL
from tests import factories
from tests.effort import effort

from ..hostile import with_cells
from .test_workbook import book_of, client_of, confirm, fresh, read, upload

STEPS = some.lists(
    some.one_of(
        some.tuples(
            some.just("edit"),
            some.integers(0, 1),
            some.sampled_from([2027, 2028, 2029]),
            some.sampled_from(Source.values),
            some.integers(0, 10**15),
        ),
        some.tuples(some.sampled_from(["import", "back"]), some.sampled_from(["ko", "en"])),
    ),
    max_size=8,
)


@settings(
    max_examples=effort(8, 500),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_totals_are_the_sums_of_lines_whatever_happens(cast, call, steps):
    """Edits, exports and imports in any order; ``back`` imports a form taken earlier."""
    proposal = factories.complete_proposal(cast, call)
    taken, model = book_of(proposal), cells_of(fresh(proposal))
    before = dict(model)
    for step, *values in steps:
        if step == "edit":
            place, year, source, won = values
            wanted = {(fresh(proposal).live_components()[place].pk, year, source): won}
        else:
            with translation.override(values[0]):
                book = book_of(proposal) if step == "import" else taken
                wanted = read(book, proposal)
            if step == "back":
                model = dict(before)
        perform(cast, proposal, wanted)
        model = {cell: won for cell, won in (model | wanted).items() if won}
        assert cells_of(fresh(proposal)) == model
        lines = [line for c in fresh(proposal).live_components() for line in c.plain_lines()]
        assert budget.total(lines) == sum(model.values())
        assert sum(budget.by(lines, "year", "source").values()) == sum(model.values())


def perform(cast, proposal, wanted):
    PROPOSAL.perform(
        "revise", proposal, actor=cast["drafter"], parts=lambda record: write_cells(record, wanted)
    )


def test_amounts_of_the_pilot_are_the_same_by_sheet_and_by_grid(cast, call):
    """All eleven projects of 2019: what the sheet writes and what the grid writes, to the won."""
    client = client_of(cast, "drafter")
    for plan in plans():
        grid = plan.grid(plan.asked, [2027, 2028, 2029])
        typed, filled = pilot(cast, call, plan), pilot(cast, call, plan)
        by_grid(client, typed, grid)
        page = upload(client, filled, with_cells(book_of(filled), by_cell(grid)))
        confirm(client, filled, page)

        assert totals(typed) == totals(filled)
        assert sum(totals(filled).values()) == sum(plan.asked.values())
        assert {s: w for s, w in by_source(filled).items() if w} == {
            str(s): w for s, w in plan.asked.items() if w
        }


def pilot(cast, call, plan):
    proposal = factories.proposal(cast, call, title=plan.title)
    for place, title in enumerate(plan.components):
        factories.component(cast, proposal, cast.moe, title=f"{place} {title}"[:200], amounts={})
    return proposal


def by_grid(client, proposal, grid):
    components = fresh(proposal).live_components()
    cells = {
        f"c-{components[place].pk}-{year}-{source}": f"{won:,}"
        for place, amounts in grid.items()
        for (year, source), won in amounts.items()
    }
    answer = client.post(f"/proposals/{proposal.pk}/parts/budget/", cells)
    assert answer.status_code == 302


def by_cell(grid):
    order = {source.value: place for place, source in enumerate(Source)}
    return {
        f"{'EFG'[year - 2027]}{9 + 5 * place + order[source]}": won
        for place, amounts in grid.items()
        for (year, source), won in amounts.items()
    }


def totals(proposal):
    lines = [line for c in fresh(proposal).live_components() for line in c.plain_lines()]
    return budget.by(lines, "year", "source")


def by_source(proposal):
    lines = [line for c in fresh(proposal).live_components() for line in c.plain_lines()]
    return budget.by(lines, "source")
