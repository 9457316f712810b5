"""What is used of each ministry's ceiling in each year, and what one proposal would add."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery, Sum

from .models import Ceiling, Proposal, Review, Revision, Source, SupportedLine

P = Proposal.State
PROMISED = (P.SELECTED,)
OPEN = (P.IN_REVIEW, P.REVIEWED, P.RESERVE)


@dataclass(frozen=True)
class Envelope:
    """One ceiling in won: ``promised`` to selected proposals, ``open`` in those undecided.

    ``mine`` is what the proposal one looks at takes of it, whatever its state.
    """

    ceiling: Ceiling
    promised: int
    open: int
    mine: int = 0

    @property
    def left(self):
        return self.ceiling.won - self.promised

    @property
    def does_not_fit(self):
        return self.mine > max(self.left, 0)

    @property
    def is_exceeded(self):
        return self.left < 0


def envelopes(ceilings, proposal=None):
    """The ceilings given with what is used of each, in a fixed number of queries."""
    promised, undecided = support(PROMISED), support(OPEN)
    mine = support((), review__proposal=proposal.pk) if proposal else {}
    return [
        Envelope(ceiling, *(found.get(key_of(ceiling), 0) for found in (promised, undecided, mine)))
        for ceiling in ceilings
    ]


def key_of(ceiling):
    return ceiling.ministry_id, ceiling.fiscal_year


def support(states, **which):
    """National funds in won by (ministry, year), of proposals in some states; () means all.

    What was confirmed about an earlier revision has no say: a later one took its place.
    """
    newest = Revision.objects.filter(proposal=OuterRef("review__proposal")).order_by("-number")
    lines = SupportedLine.objects.filter(
        source=Source.NATIONAL,
        review__state=Review.State.CONFIRMED,
        review__revision=Subquery(newest.values("pk")[:1]),
        **which,
    )
    if states:
        lines = lines.filter(review__proposal__state__in=states)
    by_year = lines.order_by().values_list("review__ministry", "fiscal_year")
    return {(body, year): won for body, year, won in by_year.annotate(Sum("won"))}


def exceeded_by(proposal):
    """The ceilings that would not hold if this proposal were selected as well."""
    mine = support((), review__proposal=proposal.pk)
    ministries = {ministry for ministry, _year in mine}
    rows = Ceiling.objects.filter(ministry__in=ministries).for_list().order_by("pk")
    held = list(rows.select_for_update(of=("self",)))  # held first, then counted
    found = envelopes(held, proposal)
    return [envelope for envelope in found if envelope.does_not_fit]
