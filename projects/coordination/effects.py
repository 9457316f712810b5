"""Rounds of coordination: every party is asked, the last answer settles, settled amounts stand."""

from django.utils.translation import gettext

from foundation.engine.workflow import NotNow, move_on
from projects.selection.requirements import fits_the_ceilings

from .effective_amounts import national_of
from .models import Position, Round

S = Position.State


def begin_the_round(round):
    """The next number, about what was submitted last."""
    proposal = round.proposal
    round.number = proposal.rounds.count() + 1
    round.revision = proposal.revisions.latest("number")


def hold_to_the_limits(round):
    """Something is proposed, no more than the call allows, and what could stand if all agree."""
    most, national = round.proposal.call.national_ceiling, national_of(round)
    if not round.lines.exists():
        raise NotNow(gettext("No amount is proposed. Write at least one."))
    if (wanted := sum(national.values())) > most:
        text = gettext("%(proposal)s: %(wanted)s won of national funds; the call allows %(most)s.")
        said = {"proposal": round.proposal, "wanted": f"{wanted:,}", "most": f"{most:,}"}
        raise NotNow(text % said)
    fits_the_ceilings(round)


def replace_the_earlier(round):
    for earlier in unsettled(round.proposal).exclude(pk=round.pk):
        move_on("supersede", earlier)


def unsettled(proposal):
    return proposal.rounds.filter(state__in=Round.UNSETTLED).order_by("pk")


def ask_the_parties(round):
    """The applicant, and every ministry with a live component, all at once."""
    proposal = round.proposal
    ministries = {component.ministry_id for component in proposal.components.live()}
    for organisation in [proposal.applicant_id, *sorted(ministries)]:
        move_on("ask", Position(round=round, organisation_id=organisation))


def answer_with_the_last(position):
    """When the last party has answered, the round moves by itself."""
    states = set(position.round.positions.values_list("state", flat=True))
    if S.ASKED not in states:
        move_on("stall" if S.OBJECTED in states else "conclude", position.round)


def forget_the_objection(position):
    position.reason = ""


def let_it_stand(round):
    """From now on its amounts are those of the proposal."""

    def stand(proposal):
        proposal.coordinated = round

    move_on("coordinate", round.proposal, change=stand)


def pass_over_the_silent(round):
    move_silent("pass_over", round)


def lapse_positions(round):
    move_silent("lapse", round)


def move_silent(move, round):
    for position in round.positions.filter(state=S.ASKED).order_by("pk"):
        move_on(move, position)


def lapse_rounds(proposal):
    """Whoever is out, or goes back, is not coordinated any longer."""
    for each in unsettled(proposal):
        move_on("lapse", each)
