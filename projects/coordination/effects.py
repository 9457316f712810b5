"""Effects of rounds: ask all parties, settle after the last answer, make amounts effective."""

from django.utils.translation import gettext

from foundation.engine.workflow import NotNow, move_on
from projects.selection.requirements import round_fits_ceilings

from .effective_amounts import national_of
from .models import Position, Round

S = Position.State


def set_number_and_revision(round):
    """Number the round and attach it to the last submitted revision."""
    proposal = round.proposal
    round.number = proposal.rounds.count() + 1
    round.revision = proposal.revisions.latest("number")


def check_amount_limits(round):
    """Raise NotNow unless there are amounts within the limit of the call and the ceilings."""
    most, national = round.proposal.call.national_ceiling, national_of(round)
    if not round.lines.exists():
        raise NotNow(gettext("No amount is proposed. Write at least one."))
    if (wanted := sum(national.values())) > most:
        text = gettext("%(proposal)s: %(wanted)s won of national funds; the call allows %(most)s.")
        values = {"proposal": round.proposal, "wanted": f"{wanted:,}", "most": f"{most:,}"}
        raise NotNow(text % values)
    round_fits_ceilings(round)


def supersede_earlier_rounds(round):
    for earlier in unsettled(round.proposal).exclude(pk=round.pk):
        move_on("supersede", earlier)


def unsettled(proposal):
    return proposal.rounds.filter(state__in=Round.UNSETTLED).order_by("pk")


def ask_parties(round):
    """Ask the applicant and every ministry with a live component for a position."""
    proposal = round.proposal
    ministries = {component.ministry_id for component in proposal.components.live()}
    for organisation in [proposal.applicant_id, *sorted(ministries)]:
        move_on("ask", Position(round=round, organisation_id=organisation))


def settle_after_last_answer(position):
    """After the last answer: conclude the round, or stall it if a party objects."""
    states = set(position.round.positions.values_list("state", flat=True))
    if S.ASKED not in states:
        move_on("stall" if S.OBJECTED in states else "conclude", position.round)


def clear_reason(position):
    position.reason = ""


def make_amounts_effective(round):
    """Make the amounts of the round the effective amounts of the proposal."""

    def set_round(proposal):
        proposal.coordinated = round

    move_on("coordinate", round.proposal, change=set_round)


def record_no_positions(round):
    move_unanswered("pass_over", round)


def lapse_positions(round):
    move_unanswered("lapse", round)


def move_unanswered(move, round):
    for position in round.positions.filter(state=S.ASKED).order_by("pk"):
        move_on(move, position)


def lapse_rounds(proposal):
    """Lapse the unsettled rounds of a proposal that is returned, rejected or withdrawn."""
    for each in unsettled(proposal):
        move_on("lapse", each)
