"""What must be true while a text is drafted and consented to; each refuses in words."""

from django.utils.translation import gettext

from foundation.engine.workflow import NotNow
from projects.models import Round

from .drafting import cells_apart
from .models import Remark, Version
from .stances import clauses_of, held, standing_of


def amounts_are_apart(version):
    if version.amendment_id:
        raise NotNow(gettext("An amendment has amounts of its own: edit them in its grid."))
    if not cells_apart(version):
        raise NotNow(gettext("The schedule is what was coordinated: there is nothing to take."))


def no_round_is_open(proposal):
    if proposal.rounds.filter(state__in=Round.UNSETTLED).exists():
        raise NotNow(gettext("Its amounts are being coordinated: settle the round first."))


def amounts_are_taken(version):
    """What is sent out is what was coordinated last, and nothing of it is under way."""
    if version.amendment_id is None:
        no_round_is_open(version.agreement.proposal)
    if cells_apart(version):
        raise NotNow(
            gettext("What was coordinated differs from the schedule: take the amounts anew first.")
        )


def remarks_are_settled(version):
    """No party is asked for consent while a remark of one is unanswered."""
    left = version.remarks.filter(state=Remark.State.OPEN).order_by("pk")
    if places := [(str(remark), remark.get_absolute_url()) for remark in left]:
        raise NotNow(gettext("Remarks of the parties are not answered yet."), places)


def is_drafted(remark):
    if remark.version.state != Version.State.DRAFTING:
        raise NotNow(gettext("The text is circulated: say it with consent or objection now."))


def is_of_a_party(remark):
    parties = remark.version.parties.filter(organisation=remark.organisation_id)
    if remark.organisation_id and not parties.exists():
        raise NotNow(gettext("Only a party remarks on the draft."))


def objections(party):
    stances = standing_of(party)
    found = (held(stances, clause) for clause in clauses_of(party.version))
    return [stance for stance in found if stance and not stance.agrees]


def objects_to_nothing(party):
    if objections(party):
        raise NotNow(
            gettext("Your party objects to a clause. Agree to it first, or send the objection.")
        )


def objects_to_something(party):
    if not objections(party):
        raise NotNow(gettext("Name at least one clause that your party objects to, with a remark."))
