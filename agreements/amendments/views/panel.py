"""Page of a version: open amendment, termination, successions, what the reader may begin."""

from agreements.versions.models import Version
from agreements.versions.workflow import AGREEMENT
from foundation.time import clock

from ..models import Amendment, Termination
from ..scope import whose_turn
from ..succession import divided_components, succession_of
from ..workflow import AMENDMENT, TERMINATION


def revising_move(user, version):
    """Name of the move with which this person edits the draft."""
    return "revise" if AGREEMENT["revise"].post_of(user, version) else "amend"


def may_revise(user, version):
    return any(move.name in ("revise", "amend") for move in AGREEMENT.open_to(user, version))


def amendment_parts(user, version):
    agreement = version.agreement
    open_one = agreement.amendments.filter(state=Amendment.State.PROPOSED).for_list().first()
    ending = agreement.terminations.exclude(state=Termination.State.WITHDRAWN).for_list().first()
    return {
        "amendment": open_one,
        "turns": whose_turn(open_one.version) if open_one else [],
        "termination": ending,
        "successions": successions(version),
        "may_amend": not open_one and may_begin_amendment(user, version),
        "may_terminate": not ending and may_begin_termination(user, version),
        "components": version.agreement.proposal.components.live(),
        "divided": divided_components(version, clock.today()) if version.amendment_id else [],
    }


def may_begin_amendment(user, version):
    row = Amendment(agreement=version.agreement, base=version)
    return version.state == Version.State.IN_FORCE and AMENDMENT["propose"].post_of(user, row)


def may_begin_termination(user, version):
    row = Termination(agreement=version.agreement, version=version)
    live = version.state in (Version.State.IN_FORCE, Version.State.SUSPENDED)
    return live and TERMINATION["prepare"].post_of(user, row)


def successions(version):
    """The successions of parties since the version entered into force."""
    if not version.in_force_on:
        return []
    parties = sorted(version.parties.all(), key=lambda party: (party.position, party.pk))
    found = [succession_of(party, version.in_force_on, clock.today()) for party in parties]
    return [succession for succession in found if succession]
