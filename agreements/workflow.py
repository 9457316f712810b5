"""The life of a version of an agreement, of a party's part in it, of amendments and the end."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.workflow import NEW, STAYS, Move, NotNow, Workflow, lock
from projects import division
from projects.models import Proposal, Round
from projects.workflow import PROPOSAL, ROUND

from .clauses import (
    amounts_are_apart,
    amounts_are_taken,
    is_drafted,
    is_of_a_party,
    objects_to_nothing,
    objects_to_something,
    remarks_are_settled,
)
from .drafting import fill
from .effects.amending import (
    begin_next_version,
    decide_kind,
    drop_next_version,
    enter_if_minor,
    lapse_open_amendment,
    release_parties,
    set_day_to_finish,
)
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
from .effects.drafting import (
    clear_day,
    set_day_to_answer,
    take_amounts_anew,
)
from .effects.ending import (
    end_agreement,
    set_day_to_decide,
)
from .effects.force import (
    enter_with_the_last,
    name_the_lead,
    set_in_force_on,
    supersede_the_base,
    write_commitments,
)
from .effects.signing import (
    count_paper,
    refuse_papers,
    set_document,
)
from .effects.stances import (
    agree_to_the_rest,
    set_day_to_consent,
    void_stances,
)
from .models import (
    Agreement,
    Amendment,
    Confirmation,
    Correction,
    Delegation,
    PaperSignature,
    Party,
    Remark,
    Template,
    Termination,
    Version,
)
from .requirements import (
    base_is_in_force,
    can_be_amended,
    can_be_corrected,
    can_circulate,
    changes_something,
    closed_years_stand,
    conditions_are_settled,
    ends_where_an_agreement_exists,
    has_no_agreement,
    has_no_termination,
    is_its_turn,
    is_live,
    is_waiting_for_consent,
    is_waiting_for_signature,
    lead_is_not_agreed,
    no_amendment_is_open,
    no_correction_waits,
    parties_are_there,
    payers_are_parties,
    period_is_over,
    stays_within_its_period,
)

V, S, P = Version.State, Party.State, PaperSignature.State
D, C, W = Delegation.State, Correction.State, Confirmation.State
M, T = Amendment.State, Termination.State
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
         _("Deferred by the committee")),
    Move("send_back", {V.FROZEN},                       V.DRAFTING,   "agreements.resolve_version",
         _("Sent back by the committee"), does=thaw,
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

ONCE_ASKED = set(S) - {S.NAMED}

PARTY = Workflow(
    Party,
    #    move       from                      to           who may
    Move("ask",     {S.NAMED},                S.ASKED,     None, _("Ask for consent")),
    Move("inform",  {S.NAMED},                S.INFORMED,  None,
         _("Informed: the amendment does not concern this party")),
    Move("weigh",   {S.ASKED, S.OBJECTED, S.INFORMED}, STAYS, "agreements.consent_as_party",
         _("Answer clause by clause"), requires=(is_waiting_for_consent,), tone="primary"),
    Move("consent", {S.ASKED, S.OBJECTED},    S.CONSENTED, "agreements.consent_as_party",
         _("Consent to all"),
         requires=(is_waiting_for_consent, no_correction_waits, objects_to_nothing),
         does=agree_to_the_rest, effects=(freeze_with_the_last,)),
    Move("object",  {S.ASKED, S.INFORMED},    S.OBJECTED,  "agreements.consent_as_party",
         _("Object"), requires=(is_waiting_for_consent, objects_to_something)),
    Move("reconsider", {S.CONSENTED},         S.ASKED,     "agreements.consent_as_party",
         _("Take back the consent"), requires=(is_waiting_for_consent,), needs_note=True,
         does=set_day_to_consent),
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
    Move("reset",   ONCE_ASKED,               S.NAMED,     None,
         _("Asked anew, for the text has changed"), does=void_stances),
    Move("release", ONCE_ASKED,               S.NAMED,     None,
         _("No longer asked"), does=void_stances),
)  # fmt: skip

R = Remark.State

REMARK = Workflow(
    Remark,
    #    move        from      to           who may
    Move("write",    {NEW},    R.OPEN,      "agreements.write_remark",
         _("Write a remark"), requires=(is_drafted, is_of_a_party), does=set_day_to_answer,
         stamps="written_by", tone="primary"),
    Move("settle",   {R.OPEN}, R.SETTLED,   "agreements.settle_remark",
         _("Answer the remark"), requires=(is_drafted,), does=clear_day, stamps="settled_by",
         never_by=("written_by",), tone="primary"),
    Move("withdraw", {R.OPEN}, R.WITHDRAWN, "agreements.write_remark",
         _("Take back the remark"), requires=(is_drafted,), does=clear_day,
         only_by=("written_by",)),
)  # fmt: skip

TEMPLATE = Workflow(
    Template,
    #    move     from                               to                       who may
    Move("write", {NEW, Template.State.WRITTEN},     Template.State.WRITTEN,  "agreements.write_template",
         _("Write the template"), tone="primary"),
)  # fmt: skip

AMENDMENT = Workflow(
    Amendment,
    #    move        from          to           who may
    Move("propose",  {NEW},        M.PROPOSED,  "agreements.propose_amendment",
         _("Propose an amendment"), requires=(can_be_amended,), does=set_day_to_finish,
         stamps="proposed_by", effects=(begin_next_version,), tone="primary"),
    Move("withdraw", {M.PROPOSED}, M.WITHDRAWN, "agreements.withdraw_amendment",
         _("Withdraw the amendment"), needs_note=True, effects=(drop_next_version,), tone="danger"),
    Move("conclude", {M.PROPOSED}, M.IN_FORCE,  None, _("The amendment is in force")),
    Move("lapse",    {M.PROPOSED}, M.WITHDRAWN, None, _("Lapsed with the agreement"),
         effects=(drop_next_version,)),
)  # fmt: skip

TERMINATION = Workflow(
    Termination,
    #    move        from          to           who may
    Move("prepare",  {NEW},        T.PREPARED,  "agreements.end_agreement",
         _("Prepare the termination"), requires=(is_live, has_no_termination),
         stamps="prepared_by", does=set_day_to_decide, tone="danger"),
    Move("decide",   {T.PREPARED}, T.DECIDED,   "agreements.end_agreement",
         _("Terminate the agreement"), requires=(is_live,), stamps="decided_by",
         never_by=("prepared_by",), effects=(end_agreement,), tone="danger"),
    Move("withdraw", {T.PREPARED}, T.WITHDRAWN, "agreements.end_agreement",
         _("Withdraw the termination"), needs_note=True),
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
PROPOSAL.demand("change_lead", lead_is_not_agreed)
ROUND.demand("propose", ends_where_an_agreement_exists)
division.leave_out(Q(agreement__isnull=False))
