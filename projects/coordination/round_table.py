"""Requested, supported and proposed amounts side by side, and the state of a round."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _

from projects.budget import sums as budget
from projects.calls.ceiling_usage import envelopes
from projects.calls.models import Ceiling
from projects.proposals.models import Component, plain
from projects.reviews.models import Review

from .effective_amounts import lines_in
from .models import Position, Round


@dataclass(frozen=True)
class Amounts:
    """A row of the table: won by year and in total; None where the amounts are hidden."""

    label: str
    cells: list
    sum: int | None
    is_difference: bool = False


@dataclass(frozen=True)
class Answered:
    """One component: its review, whether the reader may see the answer, and its rows."""

    component: Component
    review: Review | None
    shown: bool
    rows: list


def beside(proposal, user, round=None):
    """Each component with its rows, and the rows of totals: (years, [Answered, …], rows).

    An answer that is hidden from the reader counts as 0 in the totals.
    """
    reviews = {review.component_id: review for review in proposal.current_reviews()}
    proposed = defaultdict(list)
    for line in lines_in(round) if round else ():
        proposed[line.component].append(line)
    components = [c for c in proposal.components_in_order() if not c.dropped or c.pk in proposed]
    asked = {c.pk: c.plain_lines() for c in components}
    lines = [line for group in (*asked.values(), *proposed.values()) for line in group]
    years = sorted({*proposal.years, *(line.year for line in lines)})
    found, supported = [], {}
    for component in components:
        review = reviews.get(component.pk)
        shown = bool(review) and review.shows_answer_to(user) and bool(review.answer)
        lines = plain(review.supported_lines.all(), component=component) if shown else None
        supported[component.pk] = lines or []
        rows = rows_of(years, round, asked[component.pk], lines, proposed[component.pk])
        found.append(Answered(component, review, shown, rows))
    sums = (list(chain(*each.values())) for each in (asked, supported, proposed))
    return years, found, rows_of(years, round, *sums)


def rows_of(years, round, asked, supported, proposed):
    """Rows requested, supported, proposed in a round, and the difference of last and first."""
    rows = [amounts(_("Asked for"), asked, years), amounts(_("Supported"), supported, years)]
    if round:
        label = _("Proposed in round %s") % round.number
        rows.append(amounts(label, proposed, years))
    return [*rows, difference(rows[0], rows[-1])]


def amounts(label, lines, years):
    if lines is None:
        return Amounts(label, [None] * len(years), None)
    by_year = budget.by(lines, "year")
    return Amounts(label, [by_year.get(year, 0) for year in years], budget.total(lines))


def difference(first, last):
    label = _("Difference")
    if last.sum is None:
        return Amounts(label, last.cells, None, is_difference=True)
    cells = [then - now for now, then in zip(first.cells, last.cells, strict=True)]
    return Amounts(label, cells, last.sum - first.sum, is_difference=True)


def ceilings_of(proposal, user):
    """The ceilings of a proposal's ministries in its years that ``user`` may see."""
    ministries = {component.ministry_id for component in proposal.live_components()}
    rows = Ceiling.objects.visible_to(user).filter(
        ministry__in=ministries, fiscal_year__in=proposal.years
    )
    return envelopes(rows.for_list().order_by("ministry", "fiscal_year"), proposal)


@dataclass(frozen=True)
class Turn:
    """Who has not answered a round, and how many accept."""

    round: Round
    accepted: int
    asked: int
    awaited: list


def turn_of(round):
    """The Turn of a round, from its prefetched positions."""
    positions = list(round.positions.all())
    states = [position.state for position in positions]
    return Turn(
        round,
        states.count(Position.State.ACCEPTED),
        len(positions),
        [str(p.organisation) for p in positions if p.state == Position.State.ASKED],
    )


def shown_round(rounds, proposal, wanted=""):
    """The round with that number; else the unsettled one, else the effective one, else None."""
    by_number = {str(each.number): each for each in rounds}
    if wanted in by_number:
        return by_number[wanted]
    under_way = [each for each in rounds if each.is_unsettled]
    effective = [each for each in rounds if each.pk == proposal.coordinated_id]
    return next(iter(under_way + effective), None)
