"""Requirements for a selection: support, and room within the ceilings; each raises NotNow."""

from django.urls import reverse
from django.utils.translation import gettext

from foundation.engine.workflow import NotNow
from projects.calls.ceiling_usage import exceeded_by
from projects.coordination.effective_amounts import lines_of, national_of
from projects.proposals.models import Proposal

P = Proposal.State


def is_within_ceilings(proposal):
    """The effective national funds are within what is left of each ministry's ceiling.

    If not, the budget officer must allow it first. The ceilings stay locked until the end of the
    transaction, so that two selections at once cannot both use what is left.
    """
    refuse_above_ceilings(proposal)


def round_fits_ceilings(round):
    """The amounts of a round for a selected proposal are within the ceilings.

    Before the selection there is no check; the selection itself checks.
    """
    if round.proposal.state == P.SELECTED:
        refuse_above_ceilings(round.proposal, national_of(round))


def refuse_above_ceilings(proposal, wanted=None):
    if proposal.above_ceilings:
        return
    if found := exceeded_by(proposal, wanted):
        places = [
            (shortage_of(envelope), reverse("projects:coordination", args=[proposal.pk]))
            for envelope in found
        ]
        text = gettext("Above the ceilings of ministries. The budget officer may allow it.")
        raise NotNow(text, places)


def shortage_of(envelope):
    return gettext("%(ceiling)s: %(mine)s won wanted, %(left)s left") % {
        "ceiling": envelope.ceiling,
        "mine": f"{envelope.mine:,}",
        "left": f"{envelope.room:,}",
    }


def has_support(proposal):
    """At least one component is supported with money."""
    if not lines_of(proposal):
        raise NotNow(
            gettext("No ministry supports any component. Return the proposal or reject it.")
        )
