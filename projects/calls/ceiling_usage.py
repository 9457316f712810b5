"""How much of each ministry's yearly ceiling is used, and how much one proposal would add."""

from dataclasses import dataclass

from projects.coordination.effective_amounts import national_by_year
from projects.proposals.models import Proposal

from .models import Ceiling

P = Proposal.State
PROMISED = (P.SELECTED,)
OPEN = (P.IN_REVIEW, P.REVIEWED, P.RESERVE)


@dataclass(frozen=True)
class Envelope:
    """One ceiling with won ``promised`` to selected proposals and ``open`` in undecided ones.

    ``mine`` is what one proposal uses or would use; ``counted`` is the part of it that is
    included in ``promised`` already.
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
        """The most that this proposal could use, in won."""
        return max(self.left + self.counted, 0)

    @property
    def used(self):
        """What would be used if all undecided proposals were selected, in won."""
        return self.promised + self.open

    @property
    def does_not_fit(self):
        """Using less than before is always allowed, even if the ceiling was lowered below it."""
        return self.mine > self.room and self.mine > self.counted

    @property
    def is_exceeded(self):
        return self.left < 0


def envelopes(ceilings, proposal=None, wanted=None):
    """An Envelope for each ceiling, in a fixed number of queries.

    ``wanted`` is {(ministry, year): won} of the proposal in place of its effective amounts.
    """
    promised, undecided = promised_in(PROMISED), promised_in(OPEN)
    effective = national_by_year(Proposal.objects.filter(pk=proposal.pk)) if proposal else {}
    mine = effective if wanted is None else wanted
    counted = effective if proposal and proposal.state in PROMISED else {}
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
    """The ceilings exceeded if a proposal's effective amounts, or ``wanted``, were promised.

    The ceilings of its ministries stay locked until the transaction ends.
    """
    if wanted is None:
        wanted = national_by_year(Proposal.objects.filter(pk=proposal.pk))
    held = hold({ministry for ministry, _year in wanted})  # locked before counting
    return [each for each in envelopes(held, proposal, wanted) if each.does_not_fit]


def hold(ministries):
    """Lock the ceilings of some ministries, always in the order of their keys."""
    rows = Ceiling.objects.filter(ministry__in=ministries).for_list().order_by("pk")
    return list(rows.select_for_update(of=("self",)))
