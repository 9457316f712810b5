"""The national share of each component against what its call allows; whole numbers only."""

from dataclasses import dataclass

from projects.proposals.models import Source

from . import sums as budget


@dataclass(frozen=True)
class Share:
    """A component's national funds and all its funds, in won; ``most`` is the rule in percent."""

    component: object
    national: int
    total: int
    most: int | None

    @property
    def is_exceeded(self):
        return self.most is not None and self.national * 100 > self.most * self.total


def allowed(rules, kind, areas):
    """The largest share in percent for a kind of component; None if no rule speaks of it.

    Of several rules that apply, the one that allows most: a designated area is a favour.
    """
    fitting = [r.most_percent for r in rules if r.kind == kind and r.area in ("", *areas)]
    return max(fitting, default=None)


def areas_of(proposal):
    """The kinds of designated areas the applicant is on the day the call closes.

    One day for all applicants of a call, so that nobody gains by waiting.
    """
    day = proposal.call.closes_on
    return {
        area.kind
        for area in proposal.applicant.areas.all()
        if area.since <= day and (area.until is None or day <= area.until)
    }


def shares(proposal, components, lines):
    """Every component with its share, on plain lines: as stored, or as somebody types them."""
    rules, areas = list(proposal.call.share_rules.all()), areas_of(proposal)
    all_won = budget.by(lines, "component")
    national = budget.by((x for x in lines if x.source == Source.NATIONAL), "component")
    for component in components:
        whole = all_won.get(component.pk, 0)
        most = allowed(rules, component.kind, areas)
        yield Share(component, national.get(component.pk, 0), whole, most)
