"""Who stands today in the place of a party: renamed, merged, divided, or moved to another parent.

Organisations are dated facts; a succession is read from them and changes no signed text. Where
a body is divided, nobody can read from the dates which heir answers for what: that is decided.
"""

from dataclasses import dataclass

from accounts.models import Kind


def heirs(body, day):
    """The bodies that stand in its place on ``day``: itself as long as it is there.

    Several if it was divided; none if it ended without a recorded successor.
    """
    if not body.has_ended_on(day):
        return [body]
    found = {}
    for successor in body.successors.named().order_by("pk"):
        found |= {heir.pk: heir for heir in heirs(successor, day)}
    return list(found.values())


def parent_on(body, day):
    spell = body.spell_on(day)
    return spell.parent if spell else None


def new_parents(province, municipalities, since, day):
    """Where the municipalities of ``province`` belong now; it is among them if one stayed.

    The year's ledger stays with the old parent until 31 December (Gunwi, July 2023); the
    agreement goes on with the new one.
    """
    mine = [m for m in municipalities if parent_on(m, since) == province]
    return {parent.pk: parent for m in mine if (parent := parent_on(m, day))}


def standing_for(body, municipalities, since, day):
    """Those who take the place of a party on ``day``, moves of its municipalities included."""
    found = {heir.pk: heir for heir in heirs(body, day)}
    if body.kind == Kind.PROVINCE and not body.has_ended_on(day):
        found = new_parents(body, municipalities, since, day) or found
    return list(found.values())


@dataclass(frozen=True)
class Succession:
    """What became of a party since a text printed its name."""

    printed: str
    now: str
    since: object
    divided: bool = False


def succession_of(party, since, day):
    """How a party is called now, if that is not what was printed; None if it is."""
    body, printed = party.organisation, party.name
    found = heirs(body, day)
    if found == [body]:
        now = body.name_on(day)
        return Succession(printed, now, body.spell_on(day).valid_from) if now != printed else None
    if not found:
        return Succession(printed, "", ended_on(body))
    return Succession(
        printed,
        ", ".join(heir.name_on(day) for heir in found),
        max((heir.spell_on(day).valid_from or since for heir in found), default=None),
        divided=len(found) > 1,
    )


def ended_on(body):
    return max((spell.valid_to for spell in body.spells.all() if spell.valid_to), default=None)


def ministry_of(version, component, day):
    """Who answers for a component: the heir that was decided, else the only one there is."""
    for heir in version.heirs.all():
        if heir.component_id == component.pk:
            return heir.organisation_id
    found = heirs(component.ministry, day)
    return found[0].pk if len(found) == 1 else component.ministry_id


def divided_components(version, day):
    """The components of a schedule whose ministry was divided, each with its possible heirs."""
    found = []
    for component, _lines in version.schedule_by_component():
        possible = heirs(component.ministry, day)
        if len(possible) > 1:
            found.append((component, possible))
    return found
