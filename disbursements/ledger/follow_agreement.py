"""Change lines of money to what the version in force promises; old entries stay."""

from agreements.amendments.succession import heirs, ministry_of
from foundation.engine.workflow import move_on
from foundation.time import clock
from projects.models import Source

from . import writers as ledger
from .models import Appropriation

A = Appropriation.State


def follow(version):
    """When a version enters into force, make every line of money agree with its commitments.

    New commitments open lines. For a changed amount a new entry is written and the opposite of
    the old one. A line that is no longer promised is closed for requests: what was voted on it
    and not granted goes into the agreement's pot. No other entries are written.
    """
    version = type(version).objects.for_page().get(pk=version.pk)
    lines = version.agreement.appropriations.select_related("balance")
    existing = {key_of(line): line for line in lines.order_by("pk")}
    for commitment in version.commitments.select_related("component__ministry").order_by("pk"):
        settle(version, commitment, existing.pop(key_of(commitment), None))
    for line in existing.values():
        leave(line, version)


def leave(line, version):
    """Close a line that is no longer promised; with money carried into it, it stays open.

    A year that is closed stays closed.
    """
    if line.state == A.OPEN and not line.balance.carried_in:
        write("close", line, 0, version)
    elif line.balance.agreed:
        write("rebase", line, 0, version)


def key_of(row):
    return row.component_id, row.fiscal_year, row.source


def settle(version, commitment, line):
    """Open the line of a commitment, or change the existing line to agree with it."""
    sides = {"payer_id": payer_of(version, commitment), "recipient_id": recipient_of(version)}
    if line is None:
        facts = {
            "component": commitment.component,
            "fiscal_year": commitment.fiscal_year,
            "source": commitment.source,
        }
        line = Appropriation(agreement=version.agreement, **facts, **sides)
        write("open", line, commitment.won, version)
        return
    if line.fiscal_year <= clock.today().year:
        sides = {}  # who pays and receives does not change once the year has begun
    moved = {name: pk for name, pk in sides.items() if getattr(line, name) != pk}
    if line.state == A.CLOSED:
        write("reopen", line, commitment.won, version, moved)
    elif moved or line.balance.agreed != commitment.won:
        write("rebase", line, commitment.won, version, moved)


def write(move, line, won, version, moved=()):
    def change(record):
        for name, pk in dict(moved).items():
            setattr(record, name, pk)

    def promise(record):
        if move != "rebase" or record.balance.agreed != won:
            evidence = f"{version.agreement.number}/{version.number}"
            ledger.promise(record, won, on=clock.today(), evidence=evidence)
        if move == "close":
            ledger.pool(record, on=clock.today(), evidence=evidence)

    move_on(move, line, change=change, parts=promise)


def party_of(version, body):
    """The key of the party that an organisation is, or of the party that succeeded it."""
    parties = {party.organisation_id for party in staying(version)}
    found = [heir.pk for heir in heirs(body, clock.today()) if heir.pk in parties]
    return body.pk if body.pk in parties or len(found) != 1 else found[0]


def staying(version):
    """The parties that do not leave the agreement, in the order of the text."""
    bound = [party for party in version.parties.all() if party.role != party.Role.LEAVING]
    return sorted(bound, key=lambda party: (party.position, party.pk))


def recipient_of(version):
    """The applicant; for an administrative city, which is no legal body, its province."""
    applicant = version.agreement.proposal.applicant
    if applicant.is_legal_body:
        return party_of(version, applicant)
    return province_of(version)


def province_of(version):
    local = [p for p in staying(version) if p.role in (p.Role.PROVINCE, p.Role.MUNICIPALITY)]
    provinces = [party for party in local if party.role == party.Role.PROVINCE]
    return (provinces or local)[0].organisation_id


def payer_of(version, commitment):
    """National: the component's ministry, or the lead ministry of a block grant; else local."""
    if commitment.source == Source.NATIONAL:
        if version.agreement.proposal.call.block_grant:
            return lead_of(version)
        return ministry_of(version, commitment.component, clock.today())
    return province_of(version) if commitment.source == Source.PROVINCIAL else recipient_of(version)


def lead_of(version):
    return next(p for p in staying(version) if p.role == p.Role.LEAD_MINISTRY).organisation_id
