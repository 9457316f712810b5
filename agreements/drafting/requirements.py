"""Requirements of drafting: amounts, remarks, conditions, and what an agreement blocks."""

from django.utils.translation import gettext

from agreements.versions.models import Agreement, Version
from foundation.engine.workflow import NotNow
from projects.models import Round

from .first_draft import differing_cells
from .models import Remark


def amounts_differ(version):
    if version.amendment_id:
        raise NotNow(gettext("An amendment has amounts of its own: edit them in its grid."))
    if not differing_cells(version):
        raise NotNow(gettext("The schedule is what was coordinated: there is nothing to take."))


def no_round_is_open(proposal):
    if proposal.rounds.filter(state__in=Round.UNSETTLED).exists():
        raise NotNow(gettext("Its amounts are being coordinated: settle the round first."))


def amounts_are_taken(version):
    """The schedule has the coordinated amounts, and no round of coordination is open."""
    if version.amendment_id is None:
        no_round_is_open(version.agreement.proposal)
    if differing_cells(version):
        raise NotNow(
            gettext("What was coordinated differs from the schedule: take the amounts again first.")
        )


def remarks_are_settled(version):
    """All remarks are answered before parties are asked for consent."""
    left = version.remarks.filter(state=Remark.State.OPEN).order_by("pk")
    if places := [(str(remark), remark.get_absolute_url()) for remark in left]:
        raise NotNow(gettext("Remarks of the parties are not answered yet."), places)


def text_is_being_drafted(remark):
    if remark.version.state != Version.State.DRAFTING:
        raise NotNow(gettext("The text is circulated: say it with consent or objection now."))


def is_of_a_party(remark):
    parties = remark.version.parties.filter(organisation=remark.organisation_id)
    if remark.organisation_id and not parties.exists():
        raise NotNow(gettext("Only a party remarks on the draft."))


V = Version.State


def has_no_agreement(proposal):
    """A proposal with an agreement cannot be withdrawn by the applicant alone."""
    if Agreement.objects.filter(proposal=proposal).exists():
        raise NotNow(gettext("Its agreement is being drafted: it cannot be withdrawn any more."))


def conditions_are_settled(version):
    """Every condition of the ministries is met or waived before an agreement is drafted."""
    left = version.agreement.proposal.conditions.unsettled().for_list().order_by("due_on", "pk")
    if places := [(condition_text(condition), condition.get_absolute_url()) for condition in left]:
        raise NotNow(
            gettext("Conditions of the ministries are neither met nor waived yet."), places
        )


def condition_text(condition):
    words = {"condition": condition, "state": condition.get_state_display()}
    words["ministry"] = condition.review.ministry
    return gettext("%(ministry)s: %(condition)s (%(state)s)") % words


def lead_is_not_agreed(proposal):
    """The lead ministry cannot change here once it is part of the text of an agreement."""
    if Agreement.objects.filter(proposal=proposal).exists():
        raise NotNow(gettext("The agreement names the lead ministry already."))


def ends_where_an_agreement_exists(round):
    """No round of coordination once the agreement is circulated: its parties decide then."""
    versions = Version.objects.filter(agreement__proposal=round.proposal)
    if versions.exclude(state=V.DRAFTING, number=1).exists():
        text = gettext("%s: its agreement is circulated; amounts change there from now on.")
        raise NotNow(text % round.proposal)
