"""What follows from a submission: the frozen revision, the province, the check."""

from django.utils.translation import gettext

from foundation.engine.history import digest_of
from foundation.engine.workflow import NotNow, move_on
from foundation.time import clock
from foundation.time.calendar import add_working_days

DAYS_TO_COMPLETE = 10


def find_the_way_in(proposal):
    """A first submission goes to its province if the call asks provinces; then to the check."""
    call, first = proposal.call, proposal.revisions.count() == 1
    if first and call.province_quota and province_of(proposal):
        move_on("pass_on", proposal)
    else:
        open_unless_checked(proposal)


def freeze_revision(proposal):
    content = proposal.content()
    proposal.revisions.create(
        number=proposal.revisions.count() + 1,
        content=content,
        digest=digest_of(content),
        prepared_by=proposal.written_by,
        submitted_by=proposal.submitted_by,
        submitted_at=clock.now(),
    )


def open_unless_checked(proposal):
    """Where the call has no check of completeness, ministries are asked at once."""
    if proposal.call.check_days is None:
        move_on("open_reviews", proposal)


def province_of(proposal):
    """The province above the applicant today; None for a province itself."""
    spell = proposal.applicant.spell_on(clock.today())
    return spell.parent if spell and spell.parent_id else None


def give_to_the_province(proposal):
    proposal.screened_by = province_of(proposal)
    proposal.due_on = add_working_days(clock.today(), proposal.call.screening_days)


def begin_with_the_new_revision(proposal):
    """What was coordinated about an earlier revision no longer stands."""
    proposal.coordinated = None
    give_to_the_check(proposal)


def give_to_the_check(proposal):
    days = proposal.call.check_days
    proposal.due_on = add_working_days(clock.today(), days) if days else None


def take_the_recommendation(proposal):
    """A province recommends in its own order, no more than the quota of the call."""
    place, quota = proposal.province_place, proposal.call.province_quota
    if place is None or not 1 <= place <= (quota or place):
        raise NotNow(gettext("Give the proposal its place among those of the province."))
    give_to_the_check(proposal)


def give_time_to_complete(proposal):
    """What is returned is completed within two weeks (7 to 14 days at the intake, domain 5.8)."""
    proposal.due_on = add_working_days(clock.today(), DAYS_TO_COMPLETE)


def nothing_is_due(proposal):
    proposal.due_on = None
