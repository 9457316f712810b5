"""Pages of coordination: amounts side by side, one round, the positions of the parties."""

from functools import partial

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext

from foundation.engine.workflow import readable
from foundation.models import Event
from foundation.time import clock
from foundation.web.pages import make_move, open_moves
from projects.proposals.forms import PROPOSAL_FORMS
from projects.proposals.models import Proposal
from projects.proposals.workflow import PROPOSAL

from .forms import POSITION_FORMS, ROUND_FORMS
from .models import Position, Round
from .round_table import beside, ceilings_of, shown_round, turn_of
from .workflow import POSITION, ROUND


def coordination(request, pk):
    """Requested, supported and proposed amounts of a proposal, its rounds and its ceilings."""
    proposal = get_object_or_404(proposals_of(request.user), pk=pk)
    rounds = list(rounds_of(proposal, request.user).order_by("-number"))
    shown = shown_round(rounds, proposal, request.GET.get("round", ""))
    context = {
        "proposal": proposal,
        "rounds": [turn_of(each) for each in rounds],
        "may_propose": may_propose(request.user, proposal),
        "envelopes": ceilings_of(proposal, request.user),
        "moves": open_moves(
            PROPOSAL, request.user, proposal, forms=PROPOSAL_FORMS, but=("revise",)
        ),
        **side_by_side(proposal, request.user, shown),
    }
    return render(request, "projects/coordination/coordination.html", context)


def proposals_of(user):
    return Proposal.objects.visible_to(user).for_coordination()


def rounds_of(proposal, user):
    return Round.objects.visible_to(user).filter(proposal=proposal).for_page()


def may_propose(user, proposal):
    fresh = Round(proposal=proposal)
    return ROUND["propose"].post_of(user, fresh) and not ROUND.refusal("propose", fresh)


def side_by_side(proposal, user, round):
    """Template context: the amounts, and for a round who must act and the reader's moves."""
    years, components, totals = beside(proposal, user, round)
    found = {"years": years, "components": components, "totals": totals, "round": round}
    if round:
        found["turn"] = turn_of(round)
        positions = round.positions.all()
        found["positions"] = [(each, position_moves(user, each, round)) for each in positions]
        found["may_answer"] = any(moves for _position, moves in found["positions"])
    return found


def position_moves(user, position, round):
    """The moves that ``user`` may make on a position; none unless the round is open."""
    return open_moves(POSITION, user, position) if round.state == Round.State.OPEN else []


def new_round(request, pk):
    """Propose amounts for every component and year, and ask every party."""
    proposal = get_object_or_404(proposals_of(request.user), pk=pk)
    form = partial(ROUND_FORMS["propose"], all_sources="all" in request.GET)
    return make_move(
        request,
        ROUND,
        Round(proposal=proposal),
        "propose",
        forms={"propose": form},
        template="projects/coordination/propose.html",
        parent=proposal,
        button=gettext("Propose and ask every party"),
    )


def round_page(request, pk):
    shown = get_object_or_404(Round.objects.visible_to(request.user).for_page(), pk=pk)
    proposal = get_object_or_404(proposals_of(request.user), pk=shown.proposal_id)
    but = () if shown.can_be_decided(clock.today()) else ("decide",)
    context = {
        "proposal": proposal,
        "is_effective": proposal.coordinated_id == shown.pk,
        "moves": open_moves(ROUND, request.user, shown, but=but),
        "events": readable(events_of(shown), request.user).in_order(),
        **side_by_side(proposal, request.user, shown),
    }
    return render(request, "projects/coordination/round.html", context)


def events_of(round):
    """Events of the round and of its positions, without those of asking."""
    positions = [each.reference for each in round.positions.all()]
    of_both = Event.objects.of_trees(round.proposal).filter(
        subject__in=[round.reference, *positions]
    )
    return of_both.exclude(verb="ask", subject__in=positions)


def move_round(request, pk, move):
    record = get_object_or_404(Round.objects.visible_to(request.user).for_page(), pk=pk)
    return make_move(request, ROUND, record, move, forms=ROUND_FORMS)


def move_position(request, pk, move):
    rows = Position.objects.visible_to(request.user).for_list()
    position = get_object_or_404(rows, pk=pk)
    return make_move(request, POSITION, position, move, forms=POSITION_FORMS)
