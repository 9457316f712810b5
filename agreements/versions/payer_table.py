"""What each party pays in each year (won), for the page and the PDF."""

from projects.budget import sums as budget
from projects.models import Source

from .models import Party

ROLES = {Source.PROVINCIAL: Party.Role.PROVINCE, Source.MUNICIPAL: Party.Role.MUNICIPALITY}


def payers(parties, lines, years, *, name):
    """Yield (payer, row of years): national funds by ministry, then other funds by source."""
    names = {party.organisation_id: name(party) for party in parties}
    national = [line for line in lines if line.source == Source.NATIONAL]
    ministries = sorted(budget.by(national, "ministry"), key=lambda key: names.get(key, key))
    rows, _whole = budget.table(national, years, ministries, "ministry")
    for each in rows:
        yield names.get(each.head, each.head), each
    others = [line for line in lines if line.source != Source.NATIONAL]
    rows, _whole = budget.table(others, years, sources_of(others), "source")
    for each in rows:
        yield local_name(parties, each.head, name), each


def payers_of(version, lines, years):
    """``payers`` for a page, with the names of its parties."""
    parties = sorted(version.parties.all(), key=lambda party: (party.position, party.pk))
    return payers(parties, as_paid(version, lines), years, name=lambda party: party.name)


def as_paid(version, lines):
    """Lines with the paying ministry: the component's, or the lead ministry for a block grant."""
    if not version.agreement.proposal.call.block_grant:
        return lines
    return [line._replace(ministry=version.agreement.lead_ministry_id) for line in lines]


def local_name(parties, source, name):
    bodies = [name(party) for party in parties if party.role == ROLES.get(source)]
    label = str(Source(source).label)
    return f"{' · '.join(bodies)} ({label})" if bodies else label


def sources_of(lines):
    present = budget.by(lines, "source")
    return [source.value for source in Source if source.value in present]
