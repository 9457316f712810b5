"""Which amounts of a proposal stand: those of its settled round, or else what ministries confirmed.

This is the one place that says so; whoever promises, counts or drafts asks here. What was
confirmed about an earlier revision has no say: a later one took its place.
"""

from collections import defaultdict

from django.db.models import OuterRef, Subquery, Sum

from projects.budget.sums import Line, by
from projects.proposals.models import Proposal, Revision, Source
from projects.reviews.models import Review, SupportedLine

from .models import ProposedLine

SUPPORTED = ("review__component", "review__ministry", "fiscal_year", "source", "won")
PROPOSED = ("component", "component__ministry", "fiscal_year", "source", "won")


def standing(proposals):
    """The rows that stand of some proposals, in two sets: supported by ministries, coordinated."""
    newest = Revision.objects.filter(proposal=OuterRef("review__proposal")).order_by("-number")
    supported = SupportedLine.objects.filter(
        review__proposal__in=proposals,
        review__proposal__coordinated=None,
        review__state=Review.State.CONFIRMED,
        review__revision=Subquery(newest.values("pk")[:1]),
    )
    return supported.order_by(), ProposedLine.objects.filter(
        round__stands_for__in=proposals
    ).order_by()


def lines_of(proposal):
    """What stands of one proposal as plain lines, in the order of components, years and sources."""
    return lines_by_proposal([proposal.pk]).get(proposal.pk, [])


def lines_by_proposal(keys):
    """The same for several proposals, by their keys, in one query."""
    supported, coordinated = standing(Proposal.objects.filter(pk__in=keys))
    rows = supported.values_list("review__proposal", *SUPPORTED).union(
        coordinated.values_list("round__proposal", *PROPOSED), all=True
    )
    found = defaultdict(list)
    for proposal, *row in rows:
        found[proposal].append(Line(*row))
    return {proposal: in_order(lines) for proposal, lines in found.items()}


def lines_in(round):
    """What one round proposes, as plain lines in the same order."""
    return in_order(Line(*row) for row in round.lines.values_list(*PROPOSED))


def in_order(lines):
    places = list(Source)
    return sorted(lines, key=lambda x: (x.component, x.year, places.index(x.source)))


def national_of(round):
    """National funds that one round proposes, in the shape of :func:`national_by_year`."""
    return by((x for x in lines_in(round) if x.source == Source.NATIONAL), "ministry", "year")


def national_by_year(proposals):
    """National funds that stand of some proposals, in won, as {(ministry, year): won}."""
    supported, coordinated = (rows.filter(source=Source.NATIONAL) for rows in standing(proposals))
    ministry, year = SUPPORTED[1], SUPPORTED[2]
    rows = supported.values_list(ministry, year).annotate(won_in_all=Sum("won"))
    ministry, year = PROPOSED[1], PROPOSED[2]
    more = coordinated.values_list(ministry, year).annotate(won_in_all=Sum("won"))
    found = defaultdict(int)
    for body, of_year, won in rows.union(more, all=True):
        found[body, of_year] += won
    return dict(found)
