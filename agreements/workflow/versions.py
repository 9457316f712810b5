"""The life of a version: drafted, consented to, resolved, signed, in force, and its end."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NEW, STAYS, Move, NotNow, Workflow, lock
from projects.coordination import redistribution as division
from projects.models import Proposal
from projects.workflow import PROPOSAL, ROUND

from ..clauses import (
    amounts_are_apart,
    amounts_are_taken,
    no_round_is_open,
    remarks_are_settled,
)
from ..drafting import fill
from ..effects.amending import (
    decide_kind,
    enter_if_minor,
    lapse_open_amendment,
    release_parties,
)
from ..effects.consent import (
    ask_parties,
    freeze_text,
    invite_to_sign,
    start_over,
    thaw,
)
from ..effects.correcting import (
    correct_text,
    lapse_corrections,
    sign_anew,
)
from ..effects.drafting import (
    take_amounts_anew,
)
from ..effects.force import (
    name_the_lead,
    set_in_force_on,
    supersede_the_base,
    write_commitments,
)
from ..effects.signing import (
    set_document,
)
from ..models import (
    Agreement,
    Version,
)
from ..requirements import (
    base_is_in_force,
    can_circulate,
    changes_something,
    closed_years_stand,
    conditions_are_settled,
    ends_where_an_agreement_exists,
    has_no_agreement,
    lead_is_not_agreed,
    no_amendment_is_open,
    parties_are_there,
    payers_are_parties,
    period_is_over,
    stays_within_its_period,
)

V = Version.State

SENDS_OUT = (
    can_circulate,
    amounts_are_taken,
    remarks_are_settled,
    changes_something,
    closed_years_stand,
    stays_within_its_period,
    parties_are_there,
    payers_are_parties,
)
ENTERS = (base_is_in_force, closed_years_stand)
IN_ITS_PLACE = (write_commitments, supersede_the_base, name_the_lead)


def draft(proposal, *, actor):
    """Draft the agreement of a selected proposal; each proposal has one.

    Raises PermissionDenied or NotNow.
    """
    with transaction.atomic():
        proposal = lock(proposal)
        if proposal.state != Proposal.State.SELECTED:
            raise NotNow(gettext("An agreement is drafted from a selected proposal."))
        if Agreement.objects.filter(proposal=proposal).exists():
            raise NotNow(gettext("The agreement of this proposal has been drafted already."))
        no_round_is_open(proposal)
        agreement = Agreement.objects.create(
            proposal=proposal,
            number=f"{proposal.first_year}-{proposal.pk:04d}",
            title=proposal.title,
            lead_ministry=proposal.lead_ministry,
        )
        version = Version(
            agreement=agreement, first_year=proposal.first_year, last_year=proposal.last_year
        )
        return AGREEMENT.perform("draft", version, actor=actor, parts=fill)


AGREEMENT = Workflow(
    Version,
    #    move         from                              to            who may
    Move("draft",     {NEW},                            V.DRAFTING,   "agreements.draft_version",
         _("Draft the agreement"), requires=(conditions_are_settled,)),
    Move("revise",    {V.DRAFTING},                     STAYS,        "agreements.draft_version",
         _("Edit the draft")),
    Move("take_amounts", {V.DRAFTING},              STAYS,        "agreements.draft_version",
         _("Take the amounts anew"), requires=(amounts_are_apart,), does=take_amounts_anew),
    Move("circulate", {V.DRAFTING},                     V.CONSENT,    "agreements.draft_version",
         _("Ask the parties for consent"), requires=SENDS_OUT, does=decide_kind,
         effects=(ask_parties,), tone="primary"),
    Move("recall",    {V.CONSENT, V.FROZEN, V.SIGNING}, V.DRAFTING,   "agreements.draft_version",
         _("Take back to drafting"), does=thaw,
         effects=(lapse_corrections, start_over), needs_note=True),
    Move("freeze",    {V.CONSENT},                      V.FROZEN,     None,
         _("All parties consent: the text is frozen"), does=freeze_text,
         effects=(set_document, enter_if_minor)),
    Move("correct",   {V.CONSENT, V.FROZEN, V.SIGNING}, STAYS,        None,
         _("All parties confirm: a slip is corrected"), does=correct_text,
         effects=(set_document, sign_anew)),
    Move("resolve",   {V.FROZEN},                       V.SIGNING,    "agreements.resolve_version",
         _("Record the committee's approval"), effects=(invite_to_sign,), tone="primary"),
    Move("defer",     {V.FROZEN},                       STAYS,        "agreements.resolve_version",
         _("Record a deferral")),
    Move("send_back", {V.FROZEN},                       V.DRAFTING,   "agreements.resolve_version",
         _("Record that the committee sends it back"), does=thaw,
         effects=(lapse_corrections, start_over)),
    Move("enter",     {V.SIGNING},                      V.IN_FORCE,   None,
         _("All parties have signed: in force"), requires=ENTERS, does=set_in_force_on,
         effects=IN_ITS_PLACE),
    Move("begin",     {NEW},                            V.DRAFTING,   None,
         _("Begin the next version")),
    Move("amend",     {V.DRAFTING},                     STAYS,        "agreements.write_amendment",
         _("Write the amendment")),
    Move("take_effect", {V.FROZEN},                     V.IN_FORCE,   None,
         _("Minor: in force with the consent of those concerned"), requires=ENTERS,
         does=set_in_force_on, effects=IN_ITS_PLACE),
    Move("drop",      set(Version.MAKING),              V.DROPPED,    None,
         _("Dropped with its amendment"), effects=(release_parties,)),
    Move("supersede", {V.IN_FORCE},                     V.SUPERSEDED, None,
         _("The next version is in force")),
    Move("suspend",   {V.IN_FORCE},                     V.SUSPENDED,  "agreements.suspend_version",
         _("Suspend"), needs_note=True),
    Move("resume",    {V.SUSPENDED},                    V.IN_FORCE,   "agreements.suspend_version",
         _("Resume"), needs_note=True, tone="primary"),
    Move("complete",  {V.IN_FORCE},                     V.COMPLETED,  "agreements.complete_version",
         _("Complete"), requires=(period_is_over, no_amendment_is_open)),
    Move("terminate", {V.IN_FORCE, V.SUSPENDED},        V.TERMINATED, None,
         _("Terminated"), effects=(lapse_open_amendment,)),
)  # fmt: skip


PROPOSAL.demand("withdraw", has_no_agreement)
PROPOSAL.demand("change_lead", lead_is_not_agreed)
ROUND.demand("propose", ends_where_an_agreement_exists)
division.leave_out(Q(agreement__isnull=False))
