"""An envelope of national funds is divided again: one round for each of the proposals, at once."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext

from foundation.engine.history import digest_of
from foundation.engine.workflow import NotNow, lock
from projects.budget.sums import total
from projects.calls.ceiling_usage import hold
from projects.calls.workflow import CALL
from projects.proposals.models import Proposal

from .effective_amounts import lines_by_proposal
from .models import Round, write_proposed
from .redistribution_sums import divided, national
from .requirements import COORDINATED
from .workflow import ROUND

LEFT_OUT = []


def leave_out(condition):
    """Let a later room say which proposals it has taken over, as a Q; called in ``ready``."""
    LEFT_OUT.append(condition)


def divisible(call):
    """The proposals of a call whose amounts can still be coordinated."""
    rows = Proposal.objects.filter(call=call.pk, state__in=COORDINATED)
    for condition in LEFT_OUT:
        rows = rows.exclude(condition)
    return rows.for_list().order_by("pk")


@dataclass(frozen=True)
class Cut:
    """What is divided among the proposals chosen, and what their parties are told."""

    chosen: list
    total: int | None  # won; else so many hundredths of a percent of what there is
    hundredths: int | None
    scale_local: bool
    explanation: str = ""
    due_on: date | None = None

    def envelope(self, now):
        if self.total is not None:
            return self.total
        return (2 * now * self.hundredths + 10_000) // 20_000


@dataclass(frozen=True)
class Share:
    """One proposal's part: its lines as they stand and as they would be."""

    proposal: Proposal
    before: list
    after: list

    @property
    def now(self):
        return national(self.before)

    @property
    def then(self):
        return national(self.after)

    @property
    def difference(self):
        return self.then - self.now

    @property
    def others_now(self):
        return total(self.before) - self.now

    @property
    def others_then(self):
        return total(self.after) - self.then


@dataclass(frozen=True)
class Division:
    """What an envelope would give to each; ``digest`` names exactly this."""

    shares: list

    @property
    def sums(self):
        """Of all, in the order of the columns of a page."""
        names = ("now", "then", "difference", "others_now", "others_then")
        return [sum(getattr(share, name) for share in self.shares) for name in names]

    @property
    def digest(self):
        return digest_of([[share.proposal.pk, share.before, share.after] for share in self.shares])

    def in_words(self):
        """For the history of the call: each proposal, before and after."""
        return "\n".join(
            f"{share.proposal} ({share.proposal.applicant}): {share.now:,} → {share.then:,}"
            for share in self.shares
        )


def division_of(cut):
    """What a cut gives to each; None where one of them has no national funds to divide by."""
    standing = lines_by_proposal([proposal.pk for proposal in cut.chosen])
    before = {proposal: standing.get(proposal.pk, []) for proposal in cut.chosen}
    weights = [national(lines) for lines in before.values()]
    if not before or not all(weights):
        return None
    after = divided(before, cut.envelope(sum(weights)), scale_local=cut.scale_local)
    return Division([Share(p, lines, list(after[p])) for p, lines in before.items()])


@transaction.atomic
def divide(call, cut, *, actor, note, seen=None, shown=""):
    """Ask every party of every proposal for its new amounts, and leave it in the call's history.

    Proposals are locked in the order of their keys, then the ceilings, then the call.
    ``shown`` is the digest of the division that the person saw.
    Raises PermissionDenied or NotNow.
    """
    for proposal in sorted(cut.chosen, key=lambda each: each.pk):
        lock(proposal)
    hold({c.ministry_id for p in cut.chosen for c in p.components.live()})
    division = division_of(cut)
    if division is None or (shown and shown != division.digest):
        raise NotNow(gettext("The amounts have changed meanwhile. Look at the division again."))
    for share in division.shares:
        propose(share, cut, actor)
    said = f"{note}\n\n{division.in_words()}" if note.strip() else ""
    return CALL.perform("divide", call, actor=actor, note=said, seen=seen)


def propose(share, cut, actor):
    def explain(round):
        round.explanation, round.due_on = cut.explanation, cut.due_on

    def write(round):
        write_proposed(round, share.after)

    ROUND.perform(
        "propose",
        Round(proposal=share.proposal),
        actor=actor,
        change=explain,
        parts=write,
    )
