"""The yearly budget of a whole proposal, as cells: (component, year, source) to won."""

import re

from projects.proposals.models import BudgetLine, Component

NO_CELLS = "-"
A_CELL = re.compile(r"(\d{1,10})-(\d{1,4})-([a-z_]{1,20})=(\d{1,16})", re.ASCII)


def cells_of(proposal):
    """The cells in won of the live components; uses the rows prefetched by ``for_page``."""
    return {
        (component.pk, line.fiscal_year, line.source): line.won
        for component in proposal.live_components()
        for line in component.lines.all()
    }


def cells_now(proposal):
    """The cells as :func:`cells_of`, read again from the database."""
    rows = Component.objects.filter(proposal=proposal.pk, dropped=False).values_list(
        "pk", "lines__fiscal_year", "lines__source", "lines__won"
    )
    return {(pk, year, source): won for pk, year, source, won in rows if won}


def changed_cells(proposal, wanted):
    """The cells of ``wanted`` that differ from the saved ones, as {cell: (won now, won then)}."""
    now = cells_of(proposal)
    return {
        cell: (now.get(cell, 0), won) for cell, won in wanted.items() if now.get(cell, 0) != won
    }


def years_of(proposal, cells):
    """The years of a proposal, and other years in which it has amounts."""
    return sorted({*proposal.years, *(year for _component, year, _source in cells)})


def write_cells(proposal, wanted):
    """Save the cells of ``wanted`` in won; 0 deletes a line, cells not named are not changed.

    At most three queries, for any number of cells. Call it inside a move of the proposal, and
    only with cells of its own live components.
    """
    rows = BudgetLine.objects.filter(component__proposal=proposal, component__dropped=False)
    now = {(r.component_id, r.fiscal_year, r.source): r for r in rows}
    changed = [cell for cell, won in wanted.items() if won != won_of(now.get(cell))]
    gone = [now[cell].pk for cell in changed if not wanted[cell]]
    if gone:
        BudgetLine.objects.filter(pk__in=gone).delete()
    BudgetLine.objects.bulk_create(
        [
            BudgetLine(component_id=component, fiscal_year=year, source=source, won=won)
            for (component, year, source) in changed
            if (won := wanted[component, year, source])
        ],
        update_conflicts=True,
        unique_fields=["component", "fiscal_year", "source"],
        update_fields=["won"],
    )


def won_of(line):
    return line.won if line else 0


def named(cell):
    return "-".join(map(str, cell))


def in_words(cells):
    """Cells as one text for a hidden field of the page: ``12-2027-national=1000 …``."""
    return " ".join(f"{named(cell)}={won}" for cell, won in cells.items()) or NO_CELLS


def from_words(text):
    """The cells of a text of :func:`in_words`; None if the text is invalid."""
    if text == NO_CELLS:
        return {}
    found = [A_CELL.fullmatch(word) for word in text.split(" ")]
    if not all(found):
        return None
    return {(int(word[1]), int(word[2]), word[3]): int(word[4]) for word in found}
