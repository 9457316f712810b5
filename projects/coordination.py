"""What was asked for beside what ministries answer, by component and year, for one page."""

from dataclasses import dataclass

from . import budget
from .envelopes import envelopes
from .models import Ceiling, Component, Review, plain


@dataclass(frozen=True)
class Answered:
    """One component: its review, and what is asked and supported each year, in won.

    ``shown`` says whether the reader may see the answer; what is hidden counts as nothing.
    """

    component: Component
    review: Review | None
    shown: bool
    pairs: list
    sum: budget.Pair


def beside(proposal, user):
    """Every component with its answer, and the sums of all: (years, [Answered, …], pairs, sum)."""
    reviews = {review.component_id: review for review in proposal.current_reviews()}
    asked, supported, rows = [], [], []
    years = sorted(
        {*proposal.years, *(x.year for c in proposal.live_components() for x in c.plain_lines())}
    )
    for component in proposal.live_components():
        review = reviews.get(component.pk)
        shown = bool(review) and review.shows_answer_to(user) and bool(review.answer)
        left = component.plain_lines()
        right = plain(review.supported_lines.all(), component=component) if shown else []
        rows.append(Answered(component, review, shown, *pairs_of(left, right, years)))
        asked, supported = asked + left, supported + right
    return years, rows, *pairs_of(asked, supported, years)


def pairs_of(asked, supported, years):
    left, right = budget.by(asked, "year"), budget.by(supported, "year")
    pairs = [budget.Pair(year, left.get(year, 0), right.get(year, 0)) for year in years]
    return pairs, budget.Pair(None, budget.total(asked), budget.total(supported))


def ceilings_of(proposal, user):
    """The ceilings of its ministries in its years, as far as ``user`` may see them."""
    ministries = {component.ministry_id for component in proposal.live_components()}
    rows = Ceiling.objects.visible_to(user).filter(
        ministry__in=ministries, fiscal_year__in=proposal.years
    )
    return envelopes(rows.for_list().order_by("ministry", "fiscal_year"), proposal)
