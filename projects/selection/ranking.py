"""The ranking of a call: the place of each proposal and the marks behind it."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch

from projects.proposals.models import Proposal
from projects.reviews import scoring
from projects.reviews.models import Mark, Review
from projects.sessions.models import AgendaItem, Session

RANKED_STATES = ("in_review", "reviewed", "reserve", "selected", "not_selected")


@dataclass(frozen=True)
class Place:
    """A proposal's place in the ranking; ``given`` lists (review, mark as text, [Mark, …])."""

    number: int | None
    is_tied: bool
    proposal: Proposal
    mark: object
    given: list

    @property
    def in_words(self):
        return scoring.in_words(self.mark)


def ranking_of(call):
    """Places, best first, from the confirmed answers to the last submitted revisions."""
    proposals = {
        proposal.pk: proposal
        for proposal in call.proposals.for_list()
        .filter(state__in=RANKED_STATES)
        .order_by("pk")
        .prefetch_related("revisions", Prefetch("agenda_items", results(), to_attr="results"))
    }
    given = marks_given(proposals)
    plain = {key: [exact(mark) for mark in given[key]] for key in proposals}
    ranked = scoring.ranked(plain)
    at = Counter(number for number, _key, _mark in ranked if number)
    return [
        Place(number, at[number] > 1, proposals[key], mark, by_review(given[key]))
        for number, key, mark in ranked
    ]


def results():
    """Agenda items of held visits and sessions, in the order of their days."""
    held = AgendaItem.objects.filter(session__state=Session.State.HELD)
    return held.select_related("session").order_by("session__held_on", "pk")


def marks_given(proposals):
    """{proposal: [Mark, …]} of confirmed reviews, with their reviews and criteria."""
    newest = [max(p.revisions.all(), key=lambda r: r.number).pk for p in proposals.values()]
    confirmed = Mark.objects.filter(
        review__revision__in=newest, review__state=Review.State.CONFIRMED
    )
    given = defaultdict(list)
    for mark in (
        confirmed.select_related("review__component", "criterion")
        .prefetch_related("review__ministry__spells")
        .order_by("review", "criterion")
    ):
        given[mark.review.proposal_id].append(mark)
    return given


def exact(mark):
    return scoring.Given(mark.review_id, mark.criterion_id, mark.criterion.weight, mark.points)


def by_review(given):
    """[(review, weighted mark as text, [Mark, …]), …] of one proposal."""
    groups = defaultdict(list)
    for mark in given:
        groups[mark.review_id].append(mark)
    return [
        (
            group[0].review,
            scoring.in_words(scoring.weighted([exact(mark) for mark in group])),
            group,
        )
        for group in groups.values()
    ]
