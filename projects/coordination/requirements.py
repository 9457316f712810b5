"""What must be true before a round or a position in it moves."""

from django.utils.translation import gettext

from foundation.engine.workflow import NotNow
from projects.proposals.models import Proposal

from .models import Round

P = Proposal.State
COORDINATED = (P.REVIEWED, P.RESERVE, P.SELECTED)


def may_be_coordinated(round):
    """A round is proposed once the ministries have answered, until the project is out."""
    if round.proposal.state not in COORDINATED:
        raise NotNow(gettext("Amounts are coordinated once all ministries have answered."))


def nobody_is_awaited(round):
    """A decision takes the place of agreement only after an objection, or after the due date."""
    if not round.awaits_nobody:
        raise NotNow(gettext("The parties have time until %s.") % round.due_on)


def its_round_is_open(position):
    """A party may change its mind until everybody has answered or the round is over."""
    if position.round.state != Round.State.OPEN:
        raise NotNow(gettext("This round is over; nothing can be answered any more."))
