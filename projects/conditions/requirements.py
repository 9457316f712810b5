"""What must be true before a condition is answered."""

from django.utils.translation import gettext

from foundation.engine.workflow import NotNow

from .models import Condition


def may_be_met(condition):
    """Conditions are answered in the refinement, once all ministries have given their answers."""
    if condition.proposal.state not in Condition.FROM:
        raise NotNow(gettext("Conditions are answered once every ministry has answered."))
