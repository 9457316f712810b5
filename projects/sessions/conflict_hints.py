"""Possible conflicts of interest: members affiliated with a party of a proposal on the agenda."""

from accounts.models import Organisation


def partial_members(session):
    """[(member, organisation), …]: a hint for the coordinator that does not prevent a move.

    Affiliations are free text, so a match may be wrong.
    """
    parties = list(parties_on_agenda(session))
    return [
        (member, party)
        for member in session.members.all()
        for party in parties
        if any(plain(name) in plain(member.affiliation) for name in names_of(party))
    ]


def parties_on_agenda(session):
    """Local governments and ministries of the proposals on the agenda."""
    proposals = session.items.values("proposal")
    rows = Organisation.objects.filter(proposals__in=proposals)
    rows |= Organisation.objects.filter(joint_proposals__in=proposals)
    rows |= Organisation.objects.filter(components__proposal__in=proposals)
    return rows.distinct().named().order_by("pk")


def names_of(party):
    """All its current and former names, in both languages."""
    return {name for spell in party.spells.all() for name in (spell.name_ko, spell.name_en) if name}


def plain(name):
    return "".join(name.split()).casefold()
