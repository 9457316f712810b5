"""Parties are asked, asked again or invited to sign; the last consent freezes the text."""

from agreements.amendments.scope import concerned_by
from agreements.versions.models import Party
from foundation.engine.history import digest_of
from foundation.engine.workflow import move_on
from foundation.time import clock
from foundation.time.calendar import add_working_days

from .clause_positions import open_clauses, take

S = Party.State


def ask_parties(version):
    """Whom the text concerns is asked; of a minor amendment the others are told."""
    days = version.agreement.proposal.call.consent_days
    concerned = concerned_by(version)
    each_party(version, "ask", add_working_days(clock.today(), days), only=concerned)
    for party in version.parties.exclude(organisation__in=concerned).order_by("position", "pk"):
        move_on("inform", party)


def invite_to_sign(version):
    days = version.agreement.proposal.call.signing_days
    each_party(version, "invite", add_working_days(clock.today(), days))


def each_party(version, move, due, only=None):
    def set_due(party):
        party.due_on = due

    for party in version.parties.order_by("position", "pk"):
        if only is None or party.organisation_id in only:
            move_on(move, party, change=set_due)


def start_over(version):
    """What was consented or signed was another text: every party is asked anew."""
    for party in version.parties.exclude(state=S.NAMED).order_by("position", "pk"):
        move_on("reset", party)


def freeze_with_the_last(party):
    """When the last party that is concerned has consented, the text freezes by itself."""
    if not party.version.parties.exclude(state__in=[S.CONSENTED, S.INFORMED]).exists():
        move_on("freeze", party.version)


def freeze_text(version):
    """Names are printed as they are on the day the text freezes."""
    today = clock.today()
    for party in version.parties.prefetch_related("organisation__spells"):
        party.name_ko = party.organisation.name_on(today, "ko")
        party.name_en = party.organisation.name_on(today, "en")
        party.save(update_fields=["name_ko", "name_en"])
    version.edition += 1
    version.digest = digest_of(version.text())


def thaw(version):
    version.digest = version.resolution = ""
    version.resolved_on = version.taken_up_on = None


def clear_due(party):
    party.due_on = None


def agree_to_the_rest(party):
    """Consent to the whole is consent to every clause that was still open."""
    take(party, {clause.number: (True, "") for clause in open_clauses(party)})
    party.due_on = None


def void_stances(party):
    """It agreed to another text; that is kept, to be filled in where the words are the same."""
    party.stances.filter(stands=True).update(stands=False)
    party.due_on = None


def set_day_to_consent(party):
    days = party.version.agreement.proposal.call.consent_days
    party.due_on = add_working_days(clock.today(), days)
