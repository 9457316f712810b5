"""What is used of each ministry's ceiling in each year, and what one proposal would add."""

from dataclasses import dataclass

from projects.coordination.effective_amounts import national_by_year
from projects.proposals.models import Proposal

from .models import Ceiling

P = Proposal.State
PROMISED = (P.SELECTED,)
OPEN = (P.IN_REVIEW, P.REVIEWED, P.RESERVE)


@dataclass(frozen=True)
class Envelope:
    """One ceiling in won: ``promised`` to selected proposals, ``open`` in those undecided.

    ``mine`` is what the proposal one looks at takes of it, or would take; ``counted`` is
    what of it is among the promised already.
    """

    ceiling: Ceiling
    promised: int
    open: int
    mine: int = 0
    counted: int = 0

    @property
    def left(self):
        return self.ceiling.won - self.promised

    @property
    def room(self):
        """What the proposal one looks at could take at most."""
        return max(self.left + self.counted, 0)

    @property
    def used(self):
        """What would be used up if all that is undecided were selected."""
        return self.promised + self.open

    @property
    def does_not_fit(self):
        """Whoever takes less than before may, even where the ceiling was lowered below it."""
        return self.mine > self.room and self.mine > self.counted

    @property
    def is_exceeded(self):
        return self.left < 0


def envelopes(ceilings, proposal=None, wanted=None):
    """The ceilings given with what is used of each, in a fixed number of queries.

    ``wanted`` is what the proposal would take instead of what stands of it.
    """
    promised, undecided = promised_in(PROMISED), promised_in(OPEN)
    stands = national_by_year(Proposal.objects.filter(pk=proposal.pk)) if proposal else {}
    mine = stands if wanted is None else wanted
    counted = stands if proposal and proposal.state in PROMISED else {}
    used = (promised, undecided, mine, counted)
    return [
        Envelope(ceiling, *(found.get(key_of(ceiling), 0) for found in used))
        for ceiling in ceilings
    ]


def promised_in(states):
    return national_by_year(Proposal.objects.filter(state__in=states))


def key_of(ceiling):
    return ceiling.ministry_id, ceiling.fiscal_year


def exceeded_by(proposal, wanted=None):
    """The ceilings that would not hold if what stands of it, or what is wanted, were promised.

    The ceilings of its ministries stay held until the transaction ends.
    """
    if wanted is None:
        wanted = national_by_year(Proposal.objects.filter(pk=proposal.pk))
    held = hold({ministry for ministry, _year in wanted})  # held first, then counted
    return [each for each in envelopes(held, proposal, wanted) if each.does_not_fit]


def hold(ministries):
    """The ceilings of some ministries, locked in one order for everyone."""
    rows = Ceiling.objects.filter(ministry__in=ministries).for_list().order_by("pk")
    return list(rows.select_for_update(of=("self",)))
