"""The national share of each component and the most that its call allows; whole numbers only."""

from dataclasses import dataclass

from projects.proposals.models import Source

from . import sums as budget


@dataclass(frozen=True)
class Share:
    """A component's national funds and total in won; ``most`` is the allowed share in percent."""

    component: object
    national: int
    total: int
    most: int | None

    @property
    def is_exceeded(self):
        return self.most is not None and self.national * 100 > self.most * self.total


def allowed(rules, kind, areas):
    """The largest allowed share in percent for a kind of component; None if no rule applies.

    Of several rules that apply, the one that allows most counts: a designated area is an advantage.
    """
    fitting = [r.most_percent for r in rules if r.kind == kind and r.area in ("", *areas)]
    return max(fitting, default=None)


def areas_of(proposal):
    """The kinds of designated areas that the applicant belongs to on the day the call closes.

    It is the same day for all applicants of a call, so that nobody gains by waiting.
    """
    day = proposal.call.closes_on
    return {
        area.kind
        for area in proposal.applicant.areas.all()
        if area.since <= day and (area.until is None or day <= area.until)
    }


def shares(proposal, components, lines):
    """The share of every component, from budget lines as stored or as being typed."""
    rules, areas = list(proposal.call.share_rules.all()), areas_of(proposal)
    all_won = budget.by(lines, "component")
    national = budget.by((x for x in lines if x.source == Source.NATIONAL), "component")
    for component in components:
        whole = all_won.get(component.pk, 0)
        most = allowed(rules, component.kind, areas)
        yield Share(component, national.get(component.pk, 0), whole, most)
