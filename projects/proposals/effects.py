"""Effects of a submission: create the revision, route it to province, check or ministries."""

from django.utils.translation import gettext

from foundation.engine.history import digest_of
from foundation.engine.workflow import NotNow, move_on
from foundation.time import clock
from foundation.time.calendar import add_working_days

DAYS_TO_COMPLETE = 10


def route_submission(proposal):
    """Send a first submission to its province if the call asks provinces; else to the check."""
    call, first = proposal.call, proposal.revisions.count() == 1
    if first and call.province_quota and province_of(proposal):
        move_on("pass_on", proposal)
    else:
        open_reviews_if_no_check(proposal)


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


def open_reviews_if_no_check(proposal):
    """Ask the ministries at once if the call has no check of completeness."""
    if proposal.call.check_days is None:
        move_on("open_reviews", proposal)


def province_of(proposal):
    """The province above the applicant today; None for a province itself."""
    spell = proposal.applicant.spell_on(clock.today())
    return spell.parent if spell and spell.parent_id else None


def send_to_province(proposal):
    proposal.screened_by = province_of(proposal)
    proposal.due_on = add_working_days(clock.today(), proposal.call.screening_days)


def start_from_new_revision(proposal):
    """Drop the coordinated amounts of an earlier revision and set the deadline of the check."""
    proposal.coordinated = None
    set_completeness_check_deadline(proposal)


def set_completeness_check_deadline(proposal):
    days = proposal.call.check_days
    proposal.due_on = add_working_days(clock.today(), days) if days else None


def check_recommended_place(proposal):
    """Check the place against the quota of the call; then set the deadline of the check."""
    place, quota = proposal.province_place, proposal.call.province_quota
    if place is None or not 1 <= place <= (quota or place):
        raise NotNow(gettext("Give the proposal its place among those of the province."))
    set_completeness_check_deadline(proposal)


def set_completion_deadline(proposal):
    """The applicant has 10 working days to complete it (7 to 14 days at the intake, domain 5.8)."""
    proposal.due_on = add_working_days(clock.today(), DAYS_TO_COMPLETE)


def clear_deadline(proposal):
    proposal.due_on = None
