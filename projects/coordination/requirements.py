"""Requirements for the moves of a round and of its positions; each raises NotNow."""

from django.utils.translation import gettext

from foundation.engine.workflow import NotNow
from foundation.formats import day
from foundation.time import clock
from foundation.time.deadlines import last_day
from projects.proposals.models import Proposal

from .models import Round

P = Proposal.State


def may_be_coordinated(round):
    """A round can be proposed while the proposal is reviewed, in reserve or selected."""
    if round.proposal.state not in Proposal.COORDINATED:
        raise NotNow(gettext("Amounts are coordinated once all ministries have answered."))


def has_objection_or_is_overdue(round):
    """A coordinator may decide only after an objection or after the due date."""
    if not round.can_be_decided(clock.today()):
        raise NotNow(gettext("The parties have time until %s.") % day(last_day(round.due_on)))


def round_is_open(position):
    """A position can be changed only while the round is open."""
    if position.round.state != Round.State.OPEN:
        raise NotNow(gettext("This round is over; nothing can be answered any more."))
