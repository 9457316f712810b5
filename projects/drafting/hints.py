"""Hints that do not prevent submission: likely double funding, unusual amounts."""

from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import FloatField, Value
from django.db.models.functions import Cast, Greatest
from django.utils.translation import gettext as _

from projects.budget import sums as budget
from projects.proposals.models import Component, Proposal

from . import citations
from .completeness import part_address

JUMP = 3  # times as much, or a third, from one year to the next
ALIKE = 0.5  # of the trigrams of two titles
MOST = 10
ENDED = (Proposal.State.WITHDRAWN, Proposal.State.NOT_SELECTED)


class Hint(NamedTuple):
    """A hint with the URL of its page and the reason for it."""

    text: str
    place: str
    reason: str = ""


def on(proposal, user):
    """All hints about a proposal read with ``for_page``; one query."""
    return [
        *double_funding(proposal, user),
        *unexplained_funding(proposal),
        *jumps(proposal),
        *unmeasured(proposal),
        *(Hint(remark.text, remark.place) for remark in citations.remarks(proposal)),
    ]


def double_funding(proposal, user):
    """Components of other proposals: same ministry and region, same years, similar title."""
    mine = proposal.live_components()
    for other in alike(proposal, mine, user) if mine else ():
        twin = max(
            (c for c in mine if c.ministry_id == other.ministry_id),
            key=lambda c: SequenceMatcher(None, c.title, other.title).ratio(),
        )
        text = _("“%(mine)s” may be paid for twice: see “%(other)s” in “%(proposal)s”.")
        reason = _("Same ministry and region, overlapping years, similar title (%(like)s%%).")
        values = {"mine": twin, "other": other, "proposal": other.proposal}
        place = other.get_absolute_url()
        yield Hint(text % values, place, reason % {"like": round(other.likeness * 100)})


def alike(proposal, mine, user):
    regions = [proposal.applicant_id, *(partner.pk for partner in proposal.partners.all())]
    likeness = [TrigramSimilarity("title", component.title) for component in mine]
    nothing = Cast(Value(0.0), FloatField())
    return (
        Component.objects.filter(
            dropped=False,
            ministry__in={component.ministry_id for component in mine},
            proposal__in=Proposal.objects.visible_to(user).values("pk"),
            proposal__applicant__in=regions,
            proposal__first_year__lte=proposal.last_year,
            proposal__last_year__gte=proposal.first_year,
        )
        .exclude(proposal=proposal)
        .exclude(proposal__state__in=ENDED)
        .annotate(likeness=Greatest(nothing, nothing, *likeness))
        .filter(likeness__gte=ALIKE)
        .select_related("proposal")
        .order_by("-likeness", "pk")[:MOST]
    )


def unexplained_funding(proposal):
    """Other funding of a ministry that is asked here too, without an explanation."""
    asked = {component.ministry_id for component in proposal.live_components()}
    place = part_address(proposal, "other-funding")
    for other in proposal.other_funding.all():
        if other.ministry_id in asked and not other.difference.strip():
            text = _("Say how “%(other)s” differs: %(ministry)s is asked for money here too.")
            yield Hint(text % {"other": other, "ministry": other.ministry}, place)


def jumps(proposal):
    """Components whose amount changes by more than a factor of three between two years."""
    for component in proposal.live_components():
        in_year = budget.by(component.plain_lines(), "year")
        for year, after in pairwise(sorted(in_year)):
            left, right = in_year[year], in_year[after]
            if right > JUMP * left or left > JUMP * right:
                text = _(
                    "“%(component)s” goes from %(left)s won in %(year)s to %(right)s in %(next)s."
                )
                values = {"component": component, "year": year, "next": after}
                amounts = {"left": f"{left:,}", "right": f"{right:,}"}
                yield Hint(text % (values | amounts), component.get_absolute_url())


def unmeasured(proposal):
    measured = {indicator.component_id for indicator in proposal.indicators.all()}
    for component in proposal.live_components():
        if component.pk not in measured:
            text = _("No indicator measures “%s”.") % component
            yield Hint(text, part_address(proposal, "indicators"))
