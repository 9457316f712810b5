"""The life of a version of an agreement, and of a party's consent and signature."""

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.workflow import NEW, STAYS, Move, NotNow, Workflow, lock
from projects.models import Proposal
from projects.workflow import PROPOSAL

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
from .effects.correcting import (
    ask_to_confirm,
    correct_text,
    lapse_confirmations,
    lapse_corrections,
    make_with_the_last,
    refuse_with_the_first,
    sign_anew,
    write_articles,
)
from .effects.force import enter_with_the_last, set_in_force_on, write_commitments
from .effects.signing import count_paper, refuse_papers, set_document
from .models import (
    Agreement,
    Confirmation,
    Correction,
    Delegation,
    PaperSignature,
    Party,
    Version,
)
from .requirements import (
    can_be_corrected,
    can_circulate,
    has_no_agreement,
    is_its_turn,
    is_waiting_for_consent,
    is_waiting_for_signature,
    no_correction_waits,
)

V, S, P = Version.State, Party.State, PaperSignature.State
D, C, W = Delegation.State, Correction.State, Confirmation.State


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
         _("Draft the agreement")),
    Move("revise",    {V.DRAFTING},                     STAYS,        "agreements.draft_version",
         _("Edit the draft")),
    Move("circulate", {V.DRAFTING},                     V.CONSENT,    "agreements.draft_version",
         _("Ask the parties for consent"), requires=(can_circulate,), effects=(ask_parties,),
         tone="primary"),
    Move("recall",    {V.CONSENT, V.FROZEN, V.SIGNING}, V.DRAFTING,   "agreements.draft_version",
         _("Take back to drafting"), does=thaw,
         effects=(lapse_corrections, start_over), needs_note=True),
    Move("freeze",    {V.CONSENT},                      V.FROZEN,     None,
         _("All parties consent: the text is frozen"), does=freeze_text, effects=(set_document,)),
    Move("correct",   {V.CONSENT, V.FROZEN, V.SIGNING}, STAYS,        None,
         _("All parties confirm: a slip is corrected"), does=correct_text,
         effects=(set_document, sign_anew)),
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
         _("Consent"), requires=(is_waiting_for_consent, no_correction_waits),
         does=clear_due, effects=(freeze_with_the_last,), tone="primary"),
    Move("object",  {S.ASKED, S.CONSENTED},   S.OBJECTED,  "agreements.consent_as_party",
         _("Object"), requires=(is_waiting_for_consent,), needs_note=True),
    Move("invite",  {S.CONSENTED},            S.INVITED,   None, _("Ask for the signature")),
    Move("sign",    {S.INVITED, S.DECLINED},  S.SIGNED,    "agreements.sign_as_party",
         _("Sign"), requires=(is_its_turn, no_correction_waits), does=clear_due,
         effects=(refuse_papers, enter_with_the_last), tone="primary"),
    Move("sign_elsewhere", {S.INVITED, S.DECLINED}, S.SIGNED, "agreements.sign_as_party",
         _("Upload the signed PDF"), requires=(is_its_turn, no_correction_waits), does=clear_due,
         effects=(refuse_papers, enter_with_the_last)),
    Move("sign_paper", {S.INVITED, S.DECLINED}, S.SIGNED,  None,
         _("Signed on paper"), requires=(is_its_turn, no_correction_waits), does=clear_due,
         effects=(enter_with_the_last,)),
    Move("sign_anew", {S.SIGNED},             STAYS,       None, _("Corrected edition signed")),
    Move("ask_anew", {S.SIGNED},              S.INVITED,   None,
         _("Asked to sign the corrected edition")),
    Move("decline", {S.INVITED},              S.DECLINED,  "agreements.sign_as_party",
         _("Decline to sign"), needs_note=True, tone="danger"),
    Move("reset",   {S.ASKED, S.OBJECTED, S.CONSENTED, S.INVITED, S.SIGNED, S.DECLINED},
         S.NAMED,   None, _("Asked anew, for the text has changed"), does=clear_due),
)  # fmt: skip

PAPER = Workflow(
    PaperSignature,
    #    move       from          to           who may
    Move("enter",   {NEW},        P.ENTERED,   "agreements.enter_paper",
         _("Enter a signature on paper"), requires=(is_waiting_for_signature,),
         stamps="entered_by", tone="primary"),
    Move("confirm", {P.ENTERED},  P.CONFIRMED, "agreements.confirm_paper",
         _("The scan is right: it counts"), requires=(is_waiting_for_signature,),
         effects=(count_paper,), stamps="confirmed_by", never_by=("entered_by",), tone="primary"),
    Move("refuse",  {P.ENTERED},  P.REFUSED,   "agreements.confirm_paper",
         _("Turn the scan down"), needs_note=True, tone="danger"),
    Move("lapse",   {P.ENTERED},  P.REFUSED,   None, _("No longer needed")),
)  # fmt: skip

DELEGATION = Workflow(
    Delegation,
    #    move       from          to           who may
    Move("grant",   {NEW},        D.GRANTED,   "agreements.grant_delegation",
         _("Delegate the signature"), stamps="granted_by", never_by=("person",), tone="primary"),
    Move("revoke",  {D.GRANTED},  D.REVOKED,   "agreements.grant_delegation",
         _("Revoke"), stamps="revoked_by", needs_note=True, tone="danger"),
)  # fmt: skip

CORRECTION = Workflow(
    Correction,
    #    move        from           to          who may
    Move("propose",  {NEW},         C.PROPOSED, "agreements.draft_version",
         _("Propose a correction"), requires=(can_be_corrected,), effects=(ask_to_confirm,),
         stamps="proposed_by", tone="primary"),
    Move("make",     {C.PROPOSED},  C.MADE,     None,
         _("All parties confirm: the correction is made"), effects=(write_articles,)),
    Move("refuse",   {C.PROPOSED},  C.REFUSED,  None,
         _("A party refuses: nothing changes"), effects=(lapse_confirmations,)),
    Move("withdraw", {C.PROPOSED},  C.LAPSED,   "agreements.draft_version",
         _("Withdraw the correction"), effects=(lapse_confirmations,)),
    Move("lapse",    {C.PROPOSED},  C.LAPSED,   None,
         _("The text is drafted anew: the correction lapses"), effects=(lapse_confirmations,)),
)  # fmt: skip

CONFIRMATION = Workflow(
    Confirmation,
    #    move       from        to           who may
    Move("ask",     {NEW},      W.ASKED,     None, _("Ask for confirmation")),
    Move("confirm", {W.ASKED},  W.CONFIRMED, "agreements.confirm_correction",
         _("Confirm the correction"), effects=(make_with_the_last,), stamps="decided_by",
         never_by=("correction__proposed_by",), tone="primary"),
    Move("refuse",  {W.ASKED},  W.REFUSED,   "agreements.confirm_correction",
         _("Refuse the correction"), effects=(refuse_with_the_first,), stamps="decided_by",
         needs_note=True, tone="danger"),
    Move("lapse",   {W.ASKED},  W.LAPSED,    None, _("No longer asked")),
)  # fmt: skip

PROPOSAL.demand("withdraw", has_no_agreement)
