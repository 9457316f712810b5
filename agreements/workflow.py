"""The life of a version of an agreement, and of a party's consent and signature."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.workflow import NEW, STAYS, Move, NotNow, Workflow, lock
from projects import division
from projects.models import Proposal, Round
from projects.workflow import PROPOSAL, ROUND

from .drafting import fill
from .effects.consent import (
    ask_parties,
    clear_due,
    freeze_text,
    freeze_with_the_last,
    invite_to_sign,
    start_over,
    thaw,
)
from .effects.force import enter_with_the_last, set_in_force_on, write_commitments
from .models import Agreement, Party, Version
from .requirements import (
    can_circulate,
    conditions_are_settled,
    ends_where_an_agreement_exists,
    has_no_agreement,
    is_waiting_for_consent,
    lead_is_not_agreed,
)

V, S = Version.State, Party.State


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
        if proposal.rounds.filter(state__in=Round.UNSETTLED).exists():
            raise NotNow(gettext("Its amounts are being coordinated: settle the round first."))
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
    Move("circulate", {V.DRAFTING},                     V.CONSENT,    "agreements.draft_version",
         _("Ask the parties for consent"), requires=(can_circulate,), effects=(ask_parties,),
         tone="primary"),
    Move("recall",    {V.CONSENT, V.FROZEN, V.SIGNING}, V.DRAFTING,   "agreements.draft_version",
         _("Take back to drafting"), does=thaw, effects=(start_over,), needs_note=True),
    Move("freeze",    {V.CONSENT},                      V.FROZEN,     None,
         _("All parties consent: the text is frozen"), does=freeze_text),
    Move("resolve",   {V.FROZEN},                       V.SIGNING,    "agreements.resolve_version",
         _("Record the committee's resolution"), effects=(invite_to_sign,), tone="primary"),
    Move("enter",     {V.SIGNING},                      V.IN_FORCE,   None,
         _("All parties have signed: in force"), does=set_in_force_on,
         effects=(write_commitments,)),
)  # fmt: skip

PARTY = Workflow(
    Party,
    #    move       from                      to           who may
    Move("ask",     {S.NAMED},                S.ASKED,     None, _("Ask for consent")),
    Move("consent", {S.ASKED, S.OBJECTED},    S.CONSENTED, "agreements.consent_as_party",
         _("Consent"), requires=(is_waiting_for_consent,), does=clear_due,
         effects=(freeze_with_the_last,), tone="primary"),
    Move("object",  {S.ASKED, S.CONSENTED},   S.OBJECTED,  "agreements.consent_as_party",
         _("Object"), requires=(is_waiting_for_consent,), needs_note=True),
    Move("invite",  {S.CONSENTED},            S.INVITED,   None, _("Ask for the signature")),
    Move("sign",    {S.INVITED, S.DECLINED},  S.SIGNED,    "agreements.sign_as_party",
         _("Sign"), does=clear_due, effects=(enter_with_the_last,), tone="primary"),
    Move("decline", {S.INVITED},              S.DECLINED,  "agreements.sign_as_party",
         _("Decline to sign"), needs_note=True, tone="danger"),
    Move("reset",   {S.ASKED, S.OBJECTED, S.CONSENTED, S.INVITED, S.SIGNED, S.DECLINED},
         S.NAMED,   None, _("Asked anew, for the text has changed"), does=clear_due),
)  # fmt: skip

PROPOSAL.demand("withdraw", has_no_agreement)
PROPOSAL.demand("change_lead", lead_is_not_agreed)
ROUND.demand("propose", ends_where_an_agreement_exists)
division.leave_out(Q(agreement__isnull=False))
