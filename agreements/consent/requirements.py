"""What must be true before a party consents or objects."""

from django.utils.translation import gettext

from agreements.versions.models import Version
from foundation.engine.workflow import NotNow

from .clause_positions import clauses_of, current_stance, current_stances


def objections(party):
    stances = current_stances(party)
    found = (current_stance(stances, clause) for clause in clauses_of(party.version))
    return [stance for stance in found if stance and not stance.agrees]


def objects_to_nothing(party):
    if objections(party):
        raise NotNow(
            gettext("Your party objects to a clause. Agree to it first, or send the objection.")
        )


def objects_to_something(party):
    if not objections(party):
        raise NotNow(gettext("Name at least one clause that your party objects to, with a remark."))


V = Version.State


def is_waiting_for_consent(party):
    if party.version.state != V.CONSENT:
        raise NotNow(gettext("The text is not waiting for consent."))
