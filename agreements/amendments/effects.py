"""What amendments and terminations do to versions: begin, put in force, drop, terminate."""

from agreements.versions.models import Party, Version
from foundation.engine.workflow import move_on
from foundation.time import clock
from foundation.time.calendar import add_working_days

from .materiality import is_material
from .models import Amendment
from .next_version import fill_next
from .scope import criteria_of

S = Party.State


def set_day_to_finish(amendment):
    """Set the day until which the text is to be circulated: the call's working days for consent."""
    days = amendment.agreement.proposal.call.consent_days
    amendment.due_on = add_working_days(clock.today(), days)


def begin_next_version(amendment):
    base = amendment.base
    last = amendment.agreement.versions.order_by("-number").first()
    version = Version(
        agreement=amendment.agreement,
        amendment=amendment,
        number=last.number + 1,
        kind="",
        first_year=base.first_year,
        last_year=base.last_year,
        area=base.area,
    )
    move_on("begin", version, parts=fill_next)


def decide_kind(version):
    """Compute whether an amendment is material; it stays so while the parties answer."""
    if version.amendment:
        material = is_material(criteria_of(version))
        version.kind = Version.Kind.MATERIAL if material else Version.Kind.MINOR


def enter_if_minor(version):
    """Put a minor amendment in force at once: it needs no committee and no signatures."""
    if version.kind == Version.Kind.MINOR:
        move_on("take_effect", version)


def drop_next_version(amendment):
    move_on("drop", amendment.version)


def release_parties(version):
    """Withdraw all requests for consent and signature."""
    waiting = version.parties.exclude(state=S.NAMED)
    for party in waiting.order_by("position", "pk"):
        move_on("release", party)


def lapse_open_amendment(version):
    """Lapse the amendment under way when its agreement is terminated."""
    for amendment in version.agreement.amendments.filter(state=Amendment.State.PROPOSED):
        move_on("lapse", amendment)


DAYS_TO_DECIDE = 10


def set_day_to_decide(termination):
    termination.due_on = add_working_days(clock.today(), DAYS_TO_DECIDE)


def end_agreement(termination):
    move_on("terminate", termination.version)
