"""Requirements that agreements add to moves of projects; connected when apps are loaded."""

from django.db.models import Q

from projects.coordination import redistribution
from projects.workflow import PROPOSAL, ROUND

from .drafting.requirements import (
    ends_where_an_agreement_exists,
    has_no_agreement,
    lead_is_not_agreed,
)


def connect():
    PROPOSAL.demand("withdraw", has_no_agreement)
    PROPOSAL.demand("change_lead", lead_is_not_agreed)
    ROUND.demand("propose", ends_where_an_agreement_exists)
    redistribution.leave_out(Q(agreement__isnull=False))
