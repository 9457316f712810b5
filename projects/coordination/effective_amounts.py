"""Effective amounts of a proposal: those of its settled round, or else what ministries confirmed.

Everything that promises, counts or drafts with amounts reads them here. Amounts confirmed for an
earlier revision do not count. All amounts are in won.
"""

from collections import defaultdict

from django.db.models import OuterRef, Subquery, Sum

from projects.budget.sums import Line, by
from projects.proposals.models import Proposal, Revision, Source
from projects.reviews.models import Review, SupportedLine

from .models import ProposedLine

SUPPORTED = ("review__component", "review__ministry", "fiscal_year", "source", "won")
PROPOSED = ("component", "component__ministry", "fiscal_year", "source", "won")


def effective_rows(proposals):
    """Two querysets of effective amounts: supported by ministries, and coordinated in rounds."""
    newest = Revision.objects.filter(proposal=OuterRef("review__proposal")).order_by("-number")
    supported = SupportedLine.objects.filter(
        review__proposal__in=proposals,
        review__proposal__coordinated=None,
        review__state=Review.State.CONFIRMED,
        review__revision=Subquery(newest.values("pk")[:1]),
    )
    return supported.order_by(), ProposedLine.objects.filter(
        round__counts_for__in=proposals
    ).order_by()


def lines_of(proposal):
    """Effective amounts of one proposal as budget lines, by component, year and source."""
    return lines_by_proposal([proposal.pk]).get(proposal.pk, [])


def lines_by_proposal(keys):
    """{primary key: effective lines} of several proposals, in one query."""
    supported, coordinated = effective_rows(Proposal.objects.filter(pk__in=keys))
    rows = supported.values_list("review__proposal", *SUPPORTED).union(
        coordinated.values_list("round__proposal", *PROPOSED), all=True
    )
    found = defaultdict(list)
    for proposal, *row in rows:
        found[proposal].append(Line(*row))
    return {proposal: in_order(lines) for proposal, lines in found.items()}


def lines_in(round):
    """The amounts of one round as budget lines, by component, year and source."""
    return in_order(Line(*row) for row in round.lines.values_list(*PROPOSED))


def in_order(lines):
    places = list(Source)
    return sorted(lines, key=lambda x: (x.component, x.year, places.index(x.source)))


def national_of(round):
    """National funds that one round proposes, as {(ministry, year): won}."""
    return by((x for x in lines_in(round) if x.source == Source.NATIONAL), "ministry", "year")


def national_by_year(proposals):
    """Effective national funds of some proposals, as {(ministry, year): won}."""
    supported, coordinated = (
        rows.filter(source=Source.NATIONAL) for rows in effective_rows(proposals)
    )
    ministry, year = SUPPORTED[1], SUPPORTED[2]
    rows = supported.values_list(ministry, year).annotate(won_in_all=Sum("won"))
    ministry, year = PROPOSED[1], PROPOSED[2]
    more = coordinated.values_list(ministry, year).annotate(won_in_all=Sum("won"))
    found = defaultdict(int)
    for body, of_year, won in rows.union(more, all=True):
        found[body, of_year] += won
    return dict(found)
