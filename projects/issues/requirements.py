"""Requirements for raising and deciding an issue; each raises NotNow."""

from django.utils.translation import gettext

from foundation.engine.workflow import NotNow
from foundation.formats import day
from foundation.time import clock
from foundation.time.deadlines import last_day
from projects.proposals.models import Proposal

P = Proposal.State
DISPUTABLE = (P.IN_REVIEW, P.REVIEWED, P.RETURNED, P.RESERVE, P.SELECTED)


def is_with_ministries(issue):
    """An issue can be raised from the ministries' review until the proposal ends."""
    if issue.proposal.state not in DISPUTABLE:
        raise NotNow(gettext("Only a proposal that ministries were asked about has issues."))


def all_sides_answered_or_overdue(issue):
    """Every side has stated its position, or the due date has passed."""
    if not issue.can_be_decided(clock.today()):
        text = gettext("Not every side has spoken; they have time until %s.")
        raise NotNow(text % day(last_day(issue.due_on)))
