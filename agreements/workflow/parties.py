"""The life of a party's part in a version, of its remarks on a draft, and of templates of articles."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NEW, STAYS, Move, Workflow

from ..clauses import (
    is_drafted,
    is_of_a_party,
    objects_to_nothing,
    objects_to_something,
)
from ..effects.consent import (
    clear_due,
    freeze_with_the_last,
)
from ..effects.drafting import (
    clear_day,
    set_day_to_answer,
)
from ..effects.force import (
    enter_with_the_last,
)
from ..effects.signing import (
    refuse_papers,
)
from ..effects.stances import (
    agree_to_the_rest,
    set_day_to_consent,
    void_stances,
)
from ..models import (
    Party,
    Remark,
    Template,
    Version,
)
from ..requirements import (
    is_its_turn,
    is_waiting_for_consent,
    no_correction_waits,
)

S = Party.State
R = Remark.State
V = Version.State

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
