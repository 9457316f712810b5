"""Requirements for answering a condition."""

from django.utils.translation import gettext

from foundation.engine.workflow import NotNow
from projects.proposals.models import Proposal


def ministries_have_answered(condition):
    """A condition can be answered once all ministries have answered; else raises NotNow."""
    if condition.proposal.state not in Proposal.COORDINATED:
        raise NotNow(gettext("Conditions are answered once every ministry has answered."))
