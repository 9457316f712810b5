"""Requirements for submitting, taking back and rejecting a proposal; each raises NotNow."""

from datetime import timedelta

from django.utils.translation import gettext

from foundation.engine.workflow import NotNow
from foundation.formats import day
from foundation.time import clock
from foundation.time.deadlines import is_over, last_day
from projects.drafting.completeness import missing

from .models import Proposal

P = Proposal.State
UNDO = timedelta(hours=24)


def is_complete(proposal):
    """The proposal has no complaints; NotNow lists them with links to correct them."""
    fresh = Proposal.objects.for_page().get(pk=proposal.pk)
    if complaints := missing(fresh):
        places = [(complaint.text, complaint.place) for complaint in complaints]
        raise NotNow(gettext("Before this can be submitted, correct what is listed."), places)


def call_accepts(proposal):
    """The first submission must be within the call's dates; a returned proposal may come later."""
    if proposal.state == P.DRAFT and not proposal.call.accepts_on(clock.today()):
        raise NotNow(gettext("The call accepts no proposals today."))


def completion_deadline_has_passed(proposal):
    """A returned proposal can be rejected only after its deadline for completion."""
    due = proposal.due_on
    if proposal.state == P.RETURNED and due and not is_over(due, clock.today()):
        raise NotNow(gettext("The applicant may complete it until %s.") % day(last_day(due)))


def may_be_taken_back(proposal):
    """A submission can be taken back within 24 hours, while unprocessed and the call is open."""
    submitted = proposal.revisions.latest("number").submitted_at
    if clock.now() > submitted + UNDO:
        raise NotNow(gettext("A submission can be taken back within 24 hours only."))
    if proposal.reviews.filter(moves_made__gt=1).exists() or proposal.province_place:
        raise NotNow(gettext("Somebody has begun to work on it. Ask the coordinator to return it."))
    if not proposal.call.accepts_on(clock.today()):
        raise NotNow(
            gettext("The call is closed: what is taken back could not be submitted again.")
        )
