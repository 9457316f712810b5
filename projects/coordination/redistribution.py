"""Redistribute national funds among proposals of a call: one round for each, all at once."""

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
from .workflow import ROUND

LEFT_OUT = []


def leave_out(condition):
    """Register a Q of proposals to leave out of redistribution; called by other apps at startup."""
    LEFT_OUT.append(condition)


def divisible(call):
    """The proposals of a call whose amounts can still be redistributed."""
    rows = Proposal.objects.filter(call=call.pk, state__in=Proposal.COORDINATED)
    for condition in LEFT_OUT:
        rows = rows.exclude(condition)
    return rows.for_list().order_by("pk")


@dataclass(frozen=True)
class Cut:
    """What is divided among the chosen proposals, with the explanation for their parties."""

    chosen: list
    total: int | None  # in won; None: ``hundredths`` of a percent of the sum now
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
    """One proposal's part: its lines before and after."""

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
    """The share of each proposal; ``digest`` identifies exactly this division."""

    shares: list

    @property
    def sums(self):
        """Totals in won, in the order of the table's columns."""
        names = ("now", "then", "difference", "others_now", "others_then")
        return [sum(getattr(share, name) for share in self.shares) for name in names]

    @property
    def digest(self):
        return digest_of([[share.proposal.pk, share.before, share.after] for share in self.shares])

    def in_words(self):
        """Text for the history of the call: national funds of each proposal before and after."""
        return "\n".join(
            f"{share.proposal} ({share.proposal.applicant}): {share.now:,} → {share.then:,}"
            for share in self.shares
        )


def division_of(cut):
    """The division of a cut; None if one of the proposals has no national funds."""
    effective = lines_by_proposal([proposal.pk for proposal in cut.chosen])
    before = {proposal: effective.get(proposal.pk, []) for proposal in cut.chosen}
    weights = [national(lines) for lines in before.values()]
    if not before or not all(weights):
        return None
    after = divided(before, cut.envelope(sum(weights)), scale_local=cut.scale_local)
    return Division([Share(p, lines, list(after[p])) for p, lines in before.items()])


@transaction.atomic
def divide(call, cut, *, actor, note, seen=None, shown=""):
    """Propose a round with the new amounts for every proposal, and record it in the call's history.

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
    text = f"{note}\n\n{division.in_words()}" if note.strip() else ""
    return CALL.perform("divide", call, actor=actor, note=text, seen=seen)


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
