"""What must be true before an agreement or a party moves; each refuses in words."""

from django.utils.translation import gettext

from foundation.workflow import NotNow

from .models import Agreement, Correction, Party, Version

V = Version.State


def can_circulate(version):
    """A text needs articles, a schedule with national funds, and a party on each side."""
    roles = set(version.parties.values_list("role", flat=True))
    if not version.articles.exists():
        raise NotNow(gettext("The text has no articles."))
    if not version.schedule.filter(source="national").exists():
        raise NotNow(gettext("The schedule promises no national funds."))
    if "lead_ministry" not in roles or not roles & {"province", "municipality"}:
        raise NotNow(gettext("A lead ministry and a local government must be parties."))


def is_waiting_for_consent(party):
    if party.version.state != V.CONSENT:
        raise NotNow(gettext("The text is not waiting for consent."))


def is_its_turn(party):
    """Where the coordination body is a party, it signs when all others have."""
    if party.role != Party.Role.COORDINATION:
        return
    others = party.version.parties.exclude(pk=party.pk)
    if others.exclude(state=Party.State.SIGNED).exists():
        raise NotNow(gettext("The coordination body signs last, when all others have signed."))


def is_waiting_for_signature(paper):
    """A scan is entered and counts only for the text that waits for this party's signature."""
    party = paper.party
    if party.state not in (Party.State.INVITED, Party.State.DECLINED):
        raise NotNow(gettext("This party is not asked to sign now."))
    if paper.digest and paper.digest != party.version.digest:
        raise NotNow(
            gettext("The text was corrected since this print was signed: it must be signed anew.")
        )


def no_correction_waits(party):
    if party.version.corrections.filter(state=Correction.State.PROPOSED).exists():
        raise NotNow(gettext("A correction waits for the parties: it is decided first."))


def can_be_corrected(correction):
    version = correction.version
    if version.state not in (V.CONSENT, V.FROZEN, V.SIGNING):
        raise NotNow(
            gettext("A slip is corrected between circulation and the last signature only.")
        )
    if version.corrections.filter(state=Correction.State.PROPOSED).exists():
        raise NotNow(gettext("Another correction waits for the parties: it is decided first."))


def has_no_agreement(proposal):
    """Once an agreement is drafted, its parties decide about it and not the applicant alone."""
    if Agreement.objects.filter(proposal=proposal).exists():
        raise NotNow(gettext("Its agreement is being drafted: it cannot be withdrawn any more."))
