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


def conditions_are_settled(version):
    """Refinement comes before the agreement: every condition is met or waived."""
    left = version.agreement.proposal.conditions.unsettled().for_list().order_by("due_on", "pk")
    if places := [(said_of(condition), condition.get_absolute_url()) for condition in left]:
        raise NotNow(
            gettext("Conditions of the ministries are neither met nor waived yet."), places
        )


def said_of(condition):
    words = {"condition": condition, "state": condition.get_state_display()}
    words["ministry"] = condition.review.ministry
    return gettext("%(ministry)s: %(condition)s (%(state)s)") % words


def lead_is_not_agreed(proposal):
    """Who leads stands in the text of the agreement: from then on its parties decide."""
    if Agreement.objects.filter(proposal=proposal).exists():
        raise NotNow(gettext("The agreement names the lead ministry already."))


def ends_where_an_agreement_exists(round):
    """From its draft on, the parties of the agreement decide about the amounts."""
    if Agreement.objects.filter(proposal=round.proposal).exists():
        text = gettext("%s: its agreement is being drafted; amounts change there from now on.")
        raise NotNow(text % round.proposal)
