"""Successors of a party that was renamed, merged, divided, or moved to another parent.

A succession is computed from the dated facts of organisations and changes no signed text. Where
a body is divided, the dates do not show which heir is responsible for what: somebody decides it.
"""

from dataclasses import dataclass

from accounts.models import Kind


def heirs(body, day):
    """The bodies that act in place of ``body`` on ``day``: itself while it exists, else heirs.

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
    """{key: body} of the parents on ``day`` of municipalities that belonged to ``province``.

    ``province`` itself is among them if one stayed. The ledger of the year stays with the old
    parent until 31 December (Gunwi, July 2023); the agreement continues with the new one.
    """
    mine = [m for m in municipalities if parent_on(m, since) == province]
    return {parent.pk: parent for m in mine if (parent := parent_on(m, day))}


def bodies_in_place_of(body, municipalities, since, day):
    """The bodies that replace a party on ``day``, also after moves of its municipalities."""
    found = {heir.pk: heir for heir in heirs(body, day)}
    if body.kind == Kind.PROVINCE and not body.has_ended_on(day):
        found = new_parents(body, municipalities, since, day) or found
    return list(found.values())


@dataclass(frozen=True)
class Succession:
    """How a party changed since its name was printed in a text."""

    printed: str
    now: str
    since: object
    divided: bool = False


def succession_of(party, since, day):
    """The change of a party since ``since``; None if its printed name is still right."""
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
    """Key of the ministry responsible for a component: the decided heir, else the only heir."""
    for heir in version.heirs.all():
        if heir.component_id == component.pk:
            return heir.organisation_id
    found = heirs(component.ministry, day)
    return found[0].pk if len(found) == 1 else component.ministry_id


def divided_components(version, day):
    """[(component, possible heirs)] of the schedule where the ministry was divided."""
    found = []
    for component, _lines in version.schedule_by_component():
        possible = heirs(component.ministry, day)
        if len(possible) > 1:
            found.append((component, possible))
    return found
