"""What must be true before a proposal is selected: support, and room within the ceilings."""

from django.urls import reverse
from django.utils.translation import gettext

from foundation.engine.workflow import NotNow
from projects.calls.ceiling_usage import exceeded_by
from projects.coordination.effective_amounts import lines_of, national_of
from projects.proposals.models import Proposal

P = Proposal.State


def is_within_ceilings(proposal):
    """The national funds supported fit into what is left of each ministry's ceiling.

    Above them, the budget officer decides first, on the record. The ceilings stay held until
    the move is made, so that two selections at once do not both take what is left.
    """
    refuse_above_ceilings(proposal)


def fits_the_ceilings(round):
    """The amounts of a selected project stay within the ceilings, also when a round changes them.

    Before the selection nothing is promised, and the selection itself asks.
    """
    if round.proposal.state == P.SELECTED:
        refuse_above_ceilings(round.proposal, national_of(round))


def refuse_above_ceilings(proposal, wanted=None):
    if proposal.above_ceilings:
        return
    if found := exceeded_by(proposal, wanted):
        places = [
            (said_of(envelope), reverse("projects:coordination", args=[proposal.pk]))
            for envelope in found
        ]
        text = gettext("Above the ceilings of ministries. The budget officer may allow it.")
        raise NotNow(text, places)


def said_of(envelope):
    return gettext("%(ceiling)s: %(mine)s won wanted, %(left)s left") % {
        "ceiling": envelope.ceiling,
        "mine": f"{envelope.mine:,}",
        "left": f"{envelope.room:,}",
    }


def has_support(proposal):
    """At least one component is supported with money."""
    if not lines_of(proposal):
        raise NotNow(
            gettext("No ministry supports any component. Return the proposal or turn it down.")
        )
