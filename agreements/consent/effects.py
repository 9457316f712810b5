"""Ask parties for consent, ask again, invite to sign; freeze the text after the last consent."""

from agreements.amendments.scope import concerned_by
from agreements.versions.models import Party
from foundation.engine.history import digest_of
from foundation.engine.workflow import move_on
from foundation.time import clock
from foundation.time.calendar import add_working_days

from .clause_positions import open_clauses, save_stances

S = Party.State


def ask_parties(version):
    """Ask the parties that the text concerns; inform the others of a minor amendment."""
    days = version.agreement.proposal.call.consent_days
    concerned = concerned_by(version)
    move_parties(version, "ask", add_working_days(clock.today(), days), only=concerned)
    for party in version.parties.exclude(organisation__in=concerned).order_by("position", "pk"):
        move_on("inform", party)


def invite_to_sign(version):
    days = version.agreement.proposal.call.signing_days
    move_parties(version, "invite", add_working_days(clock.today(), days))


def move_parties(version, move, due, only=None):
    def set_due(party):
        party.due_on = due

    for party in version.parties.order_by("position", "pk"):
        if only is None or party.organisation_id in only:
            move_on(move, party, change=set_due)


def reset_parties(version):
    """Reset all parties when the text is drafted again: every party will be asked again."""
    for party in version.parties.exclude(state=S.NAMED).order_by("position", "pk"):
        move_on("reset", party)


def freeze_after_last_consent(party):
    """Freeze the text once every party that it concerns has consented."""
    if not party.version.parties.exclude(state__in=[S.CONSENTED, S.INFORMED]).exists():
        move_on("freeze", party.version)


def freeze_text(version):
    """Store names of the parties as of today, then a new edition and its digest."""
    today = clock.today()
    for party in version.parties.prefetch_related("organisation__spells"):
        party.name_ko = party.organisation.name_on(today, "ko")
        party.name_en = party.organisation.name_on(today, "en")
        party.save(update_fields=["name_ko", "name_en"])
    version.edition += 1
    version.digest = digest_of(version.text())


def clear_frozen_text(version):
    version.digest = version.resolution = ""
    version.resolved_on = version.taken_up_on = None


def clear_due(party):
    party.due_on = None


def agree_to_open_clauses(party):
    """Agree to every clause that is still open, because consent covers the whole text."""
    save_stances(party, {clause.number: (True, "") for clause in open_clauses(party)})
    party.due_on = None


def void_stances(party):
    """Void stances on a former text; they prefill the form where a clause is unchanged."""
    party.stances.filter(valid=True).update(valid=False)
    party.due_on = None


def set_day_to_consent(party):
    days = party.version.agreement.proposal.call.consent_days
    party.due_on = add_working_days(clock.today(), days)
