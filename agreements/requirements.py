"""What must be true before an agreement or a party moves; each refuses in words."""

from django.utils.translation import gettext

from foundation.workflow import NotNow

from .models import Agreement, Version

V = Version.State


def can_circulate(version):
    """A text needs articles, a schedule with national funds, and a party on each side."""
    roles = set(version.parties.values_list("role", flat=True))
    if not version.articles.exists():
        raise NotNow(gettext("The text has no articles."))
    if not version.schedule.filter(source="national").exists():
        raise NotNow(gettext("The schedule promises no national funds."))
    if "lead_ministry" not in roles or roles <= {"lead_ministry", "ministry"}:
        raise NotNow(gettext("A lead ministry and a local government must be parties."))


def is_waiting_for_consent(party):
    if party.version.state != V.CONSENT:
        raise NotNow(gettext("The text is not waiting for consent."))


def has_no_agreement(proposal):
    """Once an agreement is drafted, its parties decide about it and not the applicant alone."""
    if Agreement.objects.filter(proposal=proposal).exists():
        raise NotNow(gettext("Its agreement is being drafted: it cannot be withdrawn any more."))
