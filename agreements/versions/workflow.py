"""Workflows of a version and of its parties."""

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.amendments.effects import (
    decide_kind,
    enter_if_minor,
    lapse_open_amendment,
    release_parties,
)
from agreements.amendments.requirements import (
    base_is_in_force,
    changes_something,
    closed_years_are_unchanged,
    stays_within_its_period,
)
from agreements.consent.effects import (
    agree_to_open_clauses,
    ask_parties,
    clear_due,
    clear_frozen_text,
    freeze_after_last_consent,
    freeze_text,
    invite_to_sign,
    reset_parties,
    set_day_to_consent,
    void_stances,
)
from agreements.consent.requirements import (
    is_waiting_for_consent,
    objects_to_nothing,
    objects_to_something,
)
from agreements.corrections.effects import correct_text, lapse_corrections, sign_corrected_edition
from agreements.corrections.requirements import no_correction_waits
from agreements.drafting.effects import take_coordinated_amounts
from agreements.drafting.first_draft import fill
from agreements.drafting.requirements import (
    amounts_are_taken,
    amounts_differ,
    conditions_are_settled,
    no_round_is_open,
    remarks_are_settled,
)
from agreements.signing.effects import (
    enter_into_force_after_last_signature,
    lapse_waiting_papers,
    set_document,
    set_in_force_on,
    supersede_base_version,
    update_lead_ministry,
    write_commitments,
)
from agreements.signing.requirements import is_its_turn
from foundation.engine.workflow import NEW, STAYS, Move, NotNow, Workflow, lock
from projects.models import Proposal

from .models import Agreement, Party, Version
from .requirements import (
    can_circulate,
    no_amendment_is_open,
    no_party_has_ended,
    payers_are_parties,
    period_is_over,
)

S = Party.State
ONCE_ASKED = set(S) - {S.NAMED}

PARTY = Workflow(
    Party,
    #    move       from                      to           who may
    Move("ask",     {S.NAMED},                S.ASKED,     None, _("Ask for consent")),
    Move("inform",  {S.NAMED},                S.INFORMED,  None,
         _("Informed: the amendment does not concern this party")),
    Move("weigh",   {S.ASKED, S.OBJECTED, S.INFORMED}, STAYS, "agreements.consent_as_party",
         _("Answer clause by clause"), requires=(is_waiting_for_consent,), tone="primary",
         needs_content=True),
    Move("consent", {S.ASKED, S.OBJECTED},    S.CONSENTED, "agreements.consent_as_party",
         _("Consent to all"),
         requires=(is_waiting_for_consent, no_correction_waits, objects_to_nothing),
         does=agree_to_open_clauses, effects=(freeze_after_last_consent,)),
    Move("object",  {S.ASKED, S.INFORMED},    S.OBJECTED,  "agreements.consent_as_party",
         _("Object"), requires=(is_waiting_for_consent, objects_to_something)),
    Move("reconsider", {S.CONSENTED},         S.ASKED,     "agreements.consent_as_party",
         _("Take back the consent"), requires=(is_waiting_for_consent,), needs_note=True,
         does=set_day_to_consent),
    Move("invite",  {S.CONSENTED},            S.INVITED,   None, _("Ask for the signature")),
    Move("sign",    {S.INVITED, S.DECLINED},  S.SIGNED,    "agreements.sign_as_party",
         _("Sign"), requires=(is_its_turn, no_correction_waits), does=clear_due,
         effects=(lapse_waiting_papers, enter_into_force_after_last_signature), tone="primary",
         needs_content=True),
    Move("sign_elsewhere", {S.INVITED, S.DECLINED}, S.SIGNED, "agreements.sign_as_party",
         _("Upload the signed PDF"), requires=(is_its_turn, no_correction_waits), does=clear_due,
         effects=(lapse_waiting_papers, enter_into_force_after_last_signature),
         needs_content=True),
    Move("sign_paper", {S.INVITED, S.DECLINED}, S.SIGNED,  None,
         _("Signed on paper"), requires=(is_its_turn, no_correction_waits), does=clear_due,
         effects=(enter_into_force_after_last_signature,)),
    Move("sign_again", {S.SIGNED},             STAYS,       None, _("Corrected edition signed")),
    Move("ask_again", {S.SIGNED},              S.INVITED,   None,
         _("Asked to sign the corrected edition")),
    Move("decline", {S.INVITED},              S.DECLINED,  "agreements.sign_as_party",
         _("Decline to sign"), needs_note=True, tone="danger"),
    Move("reset",   ONCE_ASKED,               S.NAMED,     None,
         _("Asked again, because the text has changed"), does=void_stances),
    Move("release", ONCE_ASKED,               S.NAMED,     None,
         _("No longer asked"), does=void_stances),
)  # fmt: skip
V = Version.State
BEFORE_CIRCULATION = (
    can_circulate,
    amounts_are_taken,
    remarks_are_settled,
    changes_something,
    closed_years_are_unchanged,
    stays_within_its_period,
    no_party_has_ended,
    payers_are_parties,
)

BEFORE_IN_FORCE = (base_is_in_force, closed_years_are_unchanged)
AFTER_IN_FORCE = (write_commitments, supersede_base_version, update_lead_ministry)


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
         _("Take the amounts again"), requires=(amounts_differ,), does=take_coordinated_amounts),
    Move("circulate", {V.DRAFTING},                     V.CONSENT,    "agreements.draft_version",
         _("Ask the parties for consent"), requires=BEFORE_CIRCULATION, does=decide_kind,
         effects=(ask_parties,), tone="primary"),
    Move("recall",    {V.CONSENT, V.FROZEN, V.SIGNING}, V.DRAFTING,   "agreements.draft_version",
         _("Take back to drafting"), does=clear_frozen_text,
         effects=(lapse_corrections, reset_parties), needs_note=True),
    Move("freeze",    {V.CONSENT},                      V.FROZEN,     None,
         _("All parties consent: the text is frozen"), does=freeze_text,
         effects=(set_document, enter_if_minor)),
    Move("correct",   {V.CONSENT, V.FROZEN, V.SIGNING}, STAYS,        None,
         _("All parties confirm: a slip is corrected"), does=correct_text,
         effects=(set_document, sign_corrected_edition)),
    Move("resolve",   {V.FROZEN},                       V.SIGNING,    "agreements.resolve_version",
         _("Record the committee's approval"), effects=(invite_to_sign,), tone="primary",
         needs_content=True),
    Move("defer",     {V.FROZEN},                       STAYS,        "agreements.resolve_version",
         _("Record a deferral"), needs_content=True),
    Move("send_back", {V.FROZEN},                       V.DRAFTING,   "agreements.resolve_version",
         _("Record that the committee sends it back"), does=clear_frozen_text,
         effects=(lapse_corrections, reset_parties), needs_content=True),
    Move("enter",     {V.SIGNING},                      V.IN_FORCE,   None,
         _("All parties have signed: in force"), requires=BEFORE_IN_FORCE, does=set_in_force_on,
         effects=AFTER_IN_FORCE),
    Move("begin",     {NEW},                            V.DRAFTING,   None,
         _("Begin the next version")),
    Move("amend",     {V.DRAFTING},                     STAYS,        "agreements.write_amendment",
         _("Write the amendment")),
    Move("take_effect", {V.FROZEN},                     V.IN_FORCE,   None,
         _("Minor: in force with the consent of those concerned"), requires=BEFORE_IN_FORCE,
         does=set_in_force_on, effects=AFTER_IN_FORCE),
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
